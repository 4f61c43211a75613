"""Typing: a half typed line is left alone for a moment, the other lines stand still, and nothing is lost."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .editor import URI, Editor, capabilities
from .test_notebooks import CODE, FIRST, SECOND, TEXTS, _change, _open, _typed

EXAMPLES = Path(__file__).parents[2] / "examples"
RIGHT = [
    "logistic-regression.formulas.txt",
    "own-names.formulas.txt",
    "backprop-notes.md",
    "two_layer_network.py",
]
LANGUAGES = {".txt": "plaintext", ".md": "markdown", ".py": "python"}
LONG, SHORT = {"delay": 60_000}, {"delay": 300}
PULLING: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
REFRESHED: dict[str, Any] = {**PULLING, "workspace": {"diagnostics": {"refreshSupport": True}}}
FAULT = "dZ1 = W2 @ dZ2 * g'(Z1)"
TWO = f"H : (n1, m)\ndA1 = H\n{FAULT}\n"


def put(editor: Editor, version: int, line: int, column: int, text: str, until: int | None = None) -> None:
    """Type a text at a place, or instead of what stands there."""
    start, end = ({"line": line, "character": at} for at in (column, column if until is None else until))
    editor.edit(version, [{"range": {"start": start, "end": end}, "text": text}])


def codes(found: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(one["range"]["start"]["line"], one["code"]) for one in found]


def states(name: str, options: dict[str, int], first: int, last: int) -> Iterator[tuple[int, Any]]:
    """Type a part of an example letter by letter; yield the line and what is shown in each state."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    with Editor(options=options) as editor:
        editor.open(text[:first], language=LANGUAGES[Path(name).suffix])
        editor.published(1)
        for version, letter in enumerate(text[first:last], 2):
            written = text[: first + version - 2]
            put(editor, version, written.count("\n"), len(written) - written.rfind("\n") - 1, letter)
            yield (written + letter).count("\n"), editor.published(version)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_document_is_typed_without_a_finding(name: str) -> None:
    assert [found for _, found in states(name, LONG, 0, 250) if found] == []


@pytest.mark.parametrize("name", RIGHT)
def test_without_a_delay_none_stands_in_another_line_than_the_typed_one(name: str) -> None:
    seen = [(line, one) for line, found in states(name, {"delay": 0}, 0, 250) for one in found]
    assert seen or name != RIGHT[0]
    assert [one for line, one in seen if one["range"]["start"]["line"] != line] == []


def test_what_is_wrong_is_told_after_a_moment() -> None:
    with Editor(options=SHORT) as editor:
        editor.open("")
        assert editor.published(1) == []
        begun = time.monotonic()
        put(editor, 2, 0, 0, FAULT)
        assert editor.published(2) == []
        assert codes(editor.published(2)) == [(0, "inner-sizes")]
        assert time.monotonic() - begun > 0.3


def test_the_moment_begins_anew_with_every_letter() -> None:
    with Editor(options=SHORT) as editor:
        editor.open("")
        editor.published(1)
        begun = time.monotonic()
        for version, letter in enumerate(FAULT, 2):
            put(editor, version, 0, version - 2, letter)
            assert editor.published(version) == []
            time.sleep(0.05)
        last = time.monotonic()
        assert last - begun > 2 * 0.3
        assert codes(editor.published(len(FAULT) + 1)) == [(0, "inner-sizes")]
        assert time.monotonic() - last > 0.2


@pytest.mark.parametrize("method", ["documentHighlight", "codeAction", "didSave"])
def test_the_cursor_leaves_the_line(method: str) -> None:
    with Editor(options=LONG) as editor:
        editor.open("\n# so\n")
        editor.published(1)
        put(editor, 2, 0, 0, FAULT)
        assert editor.published(2) == []
        if method == "didSave":
            editor.say("textDocument/didSave", {"textDocument": {"uri": URI}})
        elif method == "codeAction":
            assert editor.actions((0, 3))  # the repair is at hand, for who looks for it
            editor.actions((1, 0))
        else:
            editor.at("textDocument/documentHighlight", 0, 3)
            editor.at("textDocument/documentHighlight", 1, 0)
        assert codes(editor.published(2)) == [(0, "inner-sizes")]


@pytest.mark.parametrize(("line", "text"), [(0, "\n"), (0, "\n  "), (1, "x")])
def test_an_edit_leaves_the_line(line: int, text: str) -> None:
    with Editor(options=LONG) as editor:
        editor.open("\n# so\n")
        editor.published(1)
        put(editor, 2, 0, 0, FAULT)
        assert editor.published(2) == []
        put(editor, 3, line, len(FAULT) if not line else 4, text)
        assert codes(editor.published(3)) == [(0, "inner-sizes")]


def test_what_stood_there_before_stays() -> None:
    with Editor(options=LONG) as editor:
        editor.open(f"{FAULT}\n")
        assert codes(editor.published(1)) == [(0, "inner-sizes")]
        put(editor, 2, 0, len(FAULT), "  # why?")
        assert codes(editor.published(2)) == [(0, "inner-sizes")]
        put(editor, 3, 0, len(FAULT), " + X")
        assert codes(editor.published(3)) == [(0, "inner-sizes")]


def test_what_is_repaired_is_gone_at_once() -> None:
    with Editor(options=LONG) as editor:
        editor.open(f"{FAULT}\n")
        editor.published(1)
        put(editor, 2, 0, 8, ".T")
        assert editor.published(2) == []


def test_other_lines_stand_still_while_a_line_is_typed() -> None:
    with Editor(options=SHORT) as editor:
        editor.open(TWO)
        assert codes(editor.published(1)) == [(2, "inner-sizes")]
        put(editor, 2, 0, 6, "2", 7)  # H : (n2, m)
        assert codes(editor.published(2)) == [(2, "inner-sizes")]
        assert codes(editor.published(2)) == [(1, "target-shape"), (2, "inner-sizes")]
        put(editor, 3, 0, 6, "1", 7)
        assert codes(editor.published(3)) == [(1, "target-shape"), (2, "inner-sizes")]
        assert codes(editor.published(3)) == [(2, "inner-sizes")]


def test_findings_move_with_their_lines() -> None:
    with Editor(options=LONG) as editor:
        editor.open(TWO)
        editor.published(1)
        put(editor, 2, 1, 0, "\n")
        assert codes(editor.published(2)) == [(3, "inner-sizes")]
        put(editor, 3, 1, 0, "dW1 = dZ1")
        assert codes(editor.published(3)) == [(3, "inner-sizes")]


def test_what_was_pasted_is_judged_at_once() -> None:
    with Editor(options=LONG) as editor:
        editor.open("# so\n")
        editor.published(1)
        put(editor, 2, 0, 0, TWO)
        assert codes(editor.published(2)) == [(2, "inner-sizes")]


@pytest.mark.parametrize("delay", [-1, None, "soon", True, 10**9, float("1e300")])
def test_a_delay_that_is_none_is_the_usual_one(delay: object) -> None:
    with Editor(options={"delay": delay}) as editor:
        editor.open("")
        editor.published(1)
        put(editor, 2, 0, 0, FAULT)
        assert editor.published(2) == []
        assert codes(editor.published(2)) == [(0, "inner-sizes")]


def _asked(editor: Editor, before: str | None = None) -> dict[str, Any]:
    more = {"previousResultId": before} if before else {}
    answer: dict[str, Any] = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": URI}, **more})[
        "result"
    ]
    return answer


def test_who_asks_is_told_to_ask_again() -> None:
    with Editor(REFRESHED, options=LONG) as editor:
        editor.open("")
        _asked(editor)
        put(editor, 2, 0, 0, FAULT)
        first = _asked(editor)
        assert first["items"] == []
        assert _asked(editor, first["resultId"])["kind"] == "unchanged"
        editor.say("textDocument/didSave", {"textDocument": {"uri": URI}})
        message = editor.receive()
        assert message["method"] == "workspace/diagnostic/refresh"
        assert codes(_asked(editor, first["resultId"])["items"]) == [(0, "inner-sizes")]


def test_who_cannot_be_told_is_answered_when_the_line_is_left() -> None:
    with Editor(capabilities("nvim0104"), options=SHORT) as editor:
        editor.open("")
        _asked(editor)
        begun = time.monotonic()
        put(editor, 2, 0, 0, FAULT)
        assert codes(_asked(editor)["items"]) == [(0, "inner-sizes")]
        assert time.monotonic() - begun > 0.3
        put(editor, 3, 0, 0, "  ")
        editor.say("workspace/didChangeConfiguration", {"settings": {"shapelint": LONG}})
        put(editor, 4, 0, len(FAULT) + 2, " + b1")
        editor.begin("textDocument/diagnostic", {"textDocument": {"uri": URI}}, "first")
        put(editor, 5, 0, len(FAULT) + 7, "\n")
        assert editor.answer("first")["result"]["kind"] == "full"


def test_a_cell_that_is_typed_disturbs_no_other() -> None:
    with Editor(options=SHORT) as editor:
        _open(editor)
        for uri in (FIRST, CODE, SECOND):
            editor.published(1, uri)
        _change(editor, _typed(FIRST, 2, TEXTS[FIRST].replace("n^{[1]}", "n^{[2]}")))
        assert codes(editor.published(1, SECOND)) == [(0, "inner-sizes")]
        assert codes(editor.published(1, SECOND)) == []  # H says that the layers are of one size
