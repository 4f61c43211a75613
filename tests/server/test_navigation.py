"""Where names come from and stand, and what may be written next."""

import random
from pathlib import Path
from typing import Any

import pytest
from casefile.cases import read_cases
from lsprotocol import types

from shapelint.check import Options
from shapelint.selection import Selection
from shapelint.server.client import Client
from shapelint.server.completion import completions
from shapelint.server.definitions import definition, highlights, references
from shapelint.server.document import Document
from shapelint.server.outline import hints
from shapelint.server.places import ENCODINGS
from shapelint.server.signatures import help_at

from .editor import CLIENTS, URI, Editor, capabilities

TEXT = "V : (n1, m)\nZ1 = W1 X + b1\nH = W2.T @ dZ2\nQ = H * V\nQ = Q + H\n"
NOTES = "file:///nowhere/notes.md"
SECTIONS = "# 𝔘\n\n$H = W^{[1]} X$\n\n## Below\n\n𝔘 $Q = W^{[2]} H$\n\n# Beside\n\n$H = W^{[2]} A^{[1]}$\n"
CASES = Path(__file__).parent.parent / "cases"
TEXTS = [
    case.input.text for path in sorted(CASES.rglob("*.md")) for case in read_cases(path.read_text("utf-8"))
]


def _starts(found: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(one["range"]["start"]["line"], one["range"]["start"]["character"]) for one in found]


@pytest.mark.parametrize(
    ("line", "character", "origin"),
    [(3, 8, [(0, 0)]), (3, 4, [(2, 0)]), (4, 4, [(3, 0)]), (1, 6, []), (1, 0, [(1, 0)])],
    ids=["declared", "assigned", "first assigned", "of the convention", "itself"],
)
def test_a_name_leads_to_where_it_was_said(line: int, character: int, origin: list[tuple[int, int]]) -> None:
    with Editor() as editor:
        editor.open(TEXT)
        assert _starts(editor.at("textDocument/definition", line, character)) == origin


def test_a_gradient_that_nobody_assigns_leads_to_its_object() -> None:
    with Editor() as editor:
        editor.open("W1 = W1 - alpha * dW1\n")
        assert _starts(editor.at("textDocument/definition", 0, 19)) == [(0, 0)]


@pytest.mark.parametrize("name", sorted(path.stem for path in CLIENTS.glob("*.json")))
def test_a_link_says_where_it_comes_from_if_the_client_takes_links(name: str) -> None:
    can = capabilities(name)
    links = can["textDocument"].get("definition", {}).get("linkSupport", False)
    with Editor(can) as editor:
        editor.open(TEXT)
        (found,) = editor.at("textDocument/definition", 3, 8)
        assert ("targetRange" in found, "originSelectionRange" in found) == (links, links)


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_names_are_shared_with_the_section_around_and_no_other(encoding: str, width: int) -> None:
    with Editor({"general": {"positionEncodings": [encoding]}}) as editor:
        editor.open(SECTIONS, NOTES, "markdown")
        place = {"line": 6, "character": width + len(" $Q = W^{[2]} ")}
        asked = {"textDocument": {"uri": NOTES}, "position": place, "context": {"includeDeclaration": True}}
        found = editor.ask("textDocument/references", asked)["result"]
        assert _starts(found) == [(2, 1), (6, place["character"])]
        marked = editor.at("textDocument/documentHighlight", 10, 1, NOTES)
        assert [(one["kind"], one["range"]["start"]["line"]) for one in marked] == [(3, 10)]


def test_every_spelling_of_a_name_is_marked() -> None:
    with Editor() as editor:
        editor.open("Z1 = W_1 @ X + b[1]\nA1 = g(Z[1])\nb1 : (n1, 1)\n")
        assert _starts(editor.at("textDocument/documentHighlight", 1, 8)) == [(0, 0), (1, 7)]
        assert _starts(editor.at("textDocument/documentHighlight", 2, 1)) == [(0, 15), (2, 0)]


def _completed(text: str, line: int, character: int, uri: str = URI, can: Any = None) -> dict[str, Any]:
    with Editor(can) as editor:
        editor.open(text, uri, "plaintext")
        found = editor.at("textDocument/completion", line, character, uri)["items"]
    return {one["label"]: one for one in found}


def test_names_are_completed_with_their_shapes() -> None:
    found = _completed(TEXT + "dZ1 = W", 5, 7)
    assert found["W2"]["detail"] == "(n2, n1)"
    assert found["V"]["documentation"] == "declared in line 1"
    assert found["dA1"]["documentation"] == "by the convention ng"
    assert found["np.sum"]["detail"] == "(A, axis, keepdims=True)"
    edit = found["W2"]["textEdit"]
    assert (edit["newText"], edit["range"]["start"]["character"]) == ("W2", 6)
    assert found["V"]["sortText"] < found["dA1"]["sortText"] < found["np.sum"]["sortText"]


def test_a_document_that_is_still_empty_knows_the_notation() -> None:
    found = _completed("d", 0, 1)
    assert found["dW1"]["detail"] == "(n1, n0)"


def test_the_transpose_is_the_document_s_own() -> None:
    assert list(_completed("dA1 = W2ᵀ dZ2\ndA1 = W2.", 1, 9)) == ["ᵀ"]
    assert list(_completed("dA1 = W2.T dZ2\ndA1 = W2.", 1, 9)) == [".T"]


def test_sizes_are_completed_in_a_declaration() -> None:
    found = _completed("Z1 = W1 X\nH : (n", 1, 6)
    assert {"n0", "n1", "m"} <= set(found)
    assert "W1" not in found
    assert found["n1"]["textEdit"]["range"]["start"]["character"] == 5


def test_in_a_document_names_are_completed_as_it_writes_them_and_only_in_formulas() -> None:
    assert {"W^{[1]}", "X"} <= set(_completed(SECTIONS, 10, 6, NOTES))
    assert _completed(SECTIONS, 0, 3, NOTES) == {}


def test_a_function_is_a_snippet_where_the_client_takes_them() -> None:
    can = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
    item = _completed("db1 = np.s", 0, 10, can=can)["np.sum"]
    assert (item["insertTextFormat"], item["textEdit"]["newText"]) == (2, "np.sum($0)")
    assert item["textEdit"]["range"]["start"]["character"] == 6


@pytest.mark.parametrize(
    ("line", "label", "active"),
    [
        ("db1 = np.sum(", "np.sum(A, axis, keepdims=True)", 0),
        ("db1 = np.sum(dZ1, ", "np.sum(A, axis, keepdims=True)", 1),
        ("db1 = np.sum(dZ1, keepdims=", "np.sum(A, axis, keepdims=True)", 2),
        ("db1 = dZ1.sum(ax", "sum(axis, keepdims=True)", 0),
        ("A1 = np.dot(g(W1), ", "np.dot(A, B)", 1),
        ("H : (n1, ", "(rows, columns)", 1),
        ("A1 = (W1 + ", None, 0),
        ("A1 = W1 # np.sum(", None, 0),
    ],
)
def test_a_call_says_what_it_takes(line: str, label: str | None, active: int) -> None:
    with Editor() as editor:
        editor.open(f"Z1 = W1 X\n{line}")
        shown = editor.at("textDocument/signatureHelp", 1, len(line))
        if label is None:
            assert shown is None
        else:
            assert (shown["signatures"][0]["label"], shown["activeParameter"]) == (label, active)


def test_hints_stand_behind_names_that_nobody_declares() -> None:
    document = Document(URI, "plaintext", 1, "dA1 = V @ dZ2\nZ1 = W1 X + b1\n", Options(), Selection())
    whole = types.Range(types.Position(0, 0), types.Position(9, 0))
    found = [(one.position.character, one.label) for one in hints(document, Client(), whole)]
    assert found == [(3, ": (n1, m)"), (7, ": (n1, n2)"), (2, ": (n1, m)")]


@pytest.mark.parametrize("name", ["formulas.txt", "notes.md", "paper.tex"])
def test_no_place_of_any_case_is_too_much(name: str) -> None:
    rng = random.Random(name)
    for text in rng.sample(TEXTS, 150):
        document = Document(f"file:///x/{name}", "plaintext", 1, text, Options(), Selection())
        client = Client(encoding=rng.choice(ENCODINGS), links=rng.random() < 0.5, snippets=rng.random() < 0.5)
        for _ in range(6):
            place = types.Position(rng.randrange(text.count("\n") + 3), rng.randrange(40))
            completions(document, client, place)
            help_at(document, client, place)
            assert len(references(document, client, place, True)) == len(highlights(document, client, place))
            definition(document, client, place)
