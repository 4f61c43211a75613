"""A Python file in an editor: findings, repairs, shapes; its names are left to the servers that know Python."""

from .editor import Editor, written

URI = "file:///nowhere/network.py"
PROGRAM = """import numpy as np


def backward(parameters, dZ2, A1, X, m):
    dZ1 = np.dot(parameters["W2"], dZ2) * (1 - A1**2)
    db1 = np.sum(dZ1) / m
    return dZ1, db1
"""


def test_findings_repairs_and_shapes() -> None:
    with Editor() as editor:
        editor.open(PROGRAM, URI, "python")
        found = editor.published(1, URI)
        assert [(one["code"], one["range"]["start"]["line"]) for one in found] == [
            ("inner-sizes", 4),
            ("target-shape", 5),
        ]
        first, *_ = editor.actions((5, 12), uri=URI)
        assert first["title"] == "Write `np.sum(dZ1, axis=1, keepdims=True) / m`"
        mended = written(PROGRAM, first["edit"]["changes"][URI])
        assert mended == PROGRAM.replace("np.sum(dZ1)", "np.sum(dZ1, axis=1, keepdims=True)")
        assert (
            'parameters["W2"] : (n2, n1)' in editor.at("textDocument/hover", 4, 20, URI)["contents"]["value"]
        )
        editor.edit(2, [{"text": mended}], URI)
        assert [one["code"] for one in editor.published(2, URI)] == ["inner-sizes"]


def test_what_others_know_is_left_to_them() -> None:
    with Editor() as editor:
        editor.open(PROGRAM, URI, "python")
        assert editor.published(1, URI)
        for question in ("completion", "definition", "documentHighlight"):
            answer = editor.at(f"textDocument/{question}", 4, 20, URI)
            assert not (answer["items"] if question == "completion" else answer)
        assert editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}})["result"] == []


def test_half_typed_a_line_hides_only_itself() -> None:
    with Editor(options={"delay": 0}) as editor:
        editor.open(PROGRAM, URI, "python")
        assert editor.published(1, URI)
        editor.edit(2, [{"text": PROGRAM.replace("(1 - A1**2)", "(1 - A1**")}], URI)
        assert {one["code"] for one in editor.published(2, URI)} == {"unreadable", "target-shape"}
        editor.edit(3, [{"text": PROGRAM}], URI)
        assert [one["code"] for one in editor.published(3, URI)] == ["inner-sizes", "target-shape"]
