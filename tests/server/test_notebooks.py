"""Notebooks, cell by cell: what one cell says holds in the next, and findings are pushed to the cell they stand in."""

from typing import Any

import pytest

from .editor import Editor, written

BOOK = "file:///nowhere/backprop.ipynb"
FIRST, CODE, SECOND = (f"vscode-notebook-cell:/nowhere/backprop.ipynb#{name}" for name in ("a", "b", "c"))
TEXTS = {
    FIRST: "# 𝔘\n\n$H : (n^{[1]}, m)$",
    CODE: "dW1 = W2 @ H",
    SECOND: "so 𝔘 $dA^{[1]} = W^{[2]} dZ^{[2]}$ and\n\n$Q = W^{[2]} H$",
}
PULLING: dict[str, Any] = {"textDocument": {"diagnostic": {}}}


def _cell(uri: str) -> dict[str, Any]:
    return {"kind": 2 if uri == CODE else 1, "document": uri}


def _item(uri: str, text: str) -> dict[str, Any]:
    language = "python" if uri == CODE else "markdown"
    return {"uri": uri, "languageId": language, "version": 1, "text": text}


def _open(editor: Editor, texts: dict[str, str] | None = None) -> None:
    texts = TEXTS if texts is None else texts
    book = {
        "uri": BOOK,
        "notebookType": "jupyter-notebook",
        "version": 1,
        "cells": [_cell(uri) for uri in texts],
    }
    items = [_item(uri, text) for uri, text in texts.items()]
    editor.say("notebookDocument/didOpen", {"notebookDocument": book, "cellTextDocuments": items})


def _change(editor: Editor, cells: dict[str, Any]) -> None:
    asked = {"notebookDocument": {"uri": BOOK, "version": 2}, "change": {"cells": cells}}
    editor.say("notebookDocument/didChange", asked)


def _typed(
    uri: str, version: int, text: str, place: tuple[int, int, int, int] | None = None
) -> dict[str, Any]:
    change: dict[str, Any] = {"text": text}
    if place is not None:
        start, end = ({"line": place[n], "character": place[n + 1]} for n in (0, 2))
        change["range"] = {"start": start, "end": end}
    return {"textContent": [{"document": {"uri": uri, "version": version}, "changes": [change]}]}


@pytest.mark.parametrize("can", [{}, PULLING], ids=["pushed to", "asks itself"])
@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 20), ("utf-16", 18), ("utf-32", 17)])
def test_findings_are_pushed_to_their_cell(can: dict[str, Any], encoding: str, column: int) -> None:
    sync: dict[str, Any] = {"notebookDocument": {"synchronization": {}}}
    with Editor({**can, **sync, "general": {"positionEncodings": [encoding]}}) as editor:
        assert editor.server["capabilities"]["notebookDocumentSync"]["notebookSelector"]
        _open(editor)
        assert editor.published(1, FIRST) == []
        (found,) = editor.published(1, SECOND)
        assert found["code"] == "inner-sizes"
        assert found["range"]["start"] == {"line": 0, "character": column}
        if can:
            asked = {"textDocument": {"uri": SECOND}}
            assert editor.ask("textDocument/diagnostic", asked)["result"]["items"] == []


def test_a_name_is_known_in_the_cells_below() -> None:
    with Editor() as editor:
        _open(editor)
        shown = editor.at("textDocument/hover", 2, 13, SECOND)
        assert "(n1, m)" in shown["contents"]["value"]
        (origin,) = editor.at("textDocument/definition", 2, 13, SECOND)
        assert (origin["uri"], origin["range"]["start"]) == (FIRST, {"line": 2, "character": 1})
        marked = editor.at("textDocument/documentHighlight", 2, 13, SECOND)
        assert [one["range"]["start"]["line"] for one in marked] == [2]
        symbols = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": SECOND}})["result"]
        assert [one["name"] for one in symbols] == ["dA^{[1]}", "Q"]


def test_a_repair_lands_in_its_cell() -> None:
    with Editor() as editor:
        _open(editor)
        first = editor.actions((0, 21), SECOND)[0]
        edits = first["edit"]["changes"][SECOND]
        _change(editor, _typed(SECOND, 2, edits[0]["newText"], _place(edits[0])))
        assert editor.published(2, SECOND) == []


def _place(edit: dict[str, Any]) -> tuple[int, int, int, int]:
    start, end = edit["range"]["start"], edit["range"]["end"]
    return start["line"], start["character"], end["line"], end["character"]


def test_a_comment_silences_in_its_cell() -> None:
    with Editor() as editor:
        _open(editor, {FIRST: "$dA^{[1]} = W^{[2]} dZ^{[2]}$"})
        ignore = next(one for one in editor.actions((0, 14), FIRST) if one["title"].startswith("Ignore"))
        text = written("$dA^{[1]} = W^{[2]} dZ^{[2]}$", ignore["edit"]["changes"][FIRST])
        assert text.endswith("$  <!-- shapelint: ignore[inner-sizes] -->")


def test_cells_come_move_and_go() -> None:
    with Editor() as editor:
        _open(editor)
        editor.published(1, SECOND)
        declared = {"structure": {"array": {"start": 0, "deleteCount": 1}, "didClose": [{"uri": FIRST}]}}
        _change(editor, declared)
        assert editor.published(None, FIRST) == []
        shown = editor.at("textDocument/hover", 2, 13, SECOND)
        assert "(n1, m)" not in shown["contents"]["value"]
        new = {"start": 1, "deleteCount": 0, "cells": [_cell(FIRST)]}
        _change(editor, {"structure": {"array": new, "didOpen": [_item(FIRST, "$db^{[1]} = dZ^{[1]}$")]}})
        assert [one["code"] for one in editor.published(1, FIRST)] == ["target-shape"]
        editor.say("notebookDocument/didClose", {"notebookDocument": {"uri": BOOK}, "cellTextDocuments": []})
        assert editor.published(None, SECOND) == []
        assert editor.at("textDocument/hover", 2, 13, SECOND) is None


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"structure": {"array": {"start": 99, "deleteCount": 99}}},
        {
            "structure": {
                "array": {"start": 0, "deleteCount": 1, "cells": [{"kind": 1, "document": "no:cell"}]}
            }
        },
        _typed("no:cell", 3, "x"),
        _typed(SECOND, 1, "", (9, 9, 0, 0)),
        {"data": [{"kind": 1, "document": "no:cell"}]},
    ],
)
def test_a_hostile_change_stops_nothing(cells: dict[str, Any]) -> None:
    with Editor(options={"delay": 0}) as editor:
        _change(editor, cells)
        _open(editor)
        _change(editor, cells)
        _change(editor, _typed(SECOND, 7, "$dA^{[1]} = W^{[2]} dZ^{[2]}$"))
        assert [one["code"] for one in editor.published(7, SECOND)] == ["inner-sizes"]
        assert editor.leave() == 0


def test_settings_hold_in_notebooks_too() -> None:
    with Editor() as editor:
        _open(editor, {FIRST: "$Z^{[1]} = X W^{[1]} + b^{[1]}$"})
        assert [one["code"] for one in editor.published(1, FIRST)] == ["inner-sizes"]
        editor.say("workspace/didChangeConfiguration", {"settings": {"shapelint": {"convention": "rows"}}})
        assert editor.published(1, FIRST) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "%matplotlib inline\ndZ2 = A2 - Y\ndW2 = np.dot(dZ2, A1) / m"),
        ("markdown", "Back:\n\n$dW^{[2]} = dZ^{[2]} A^{[1]}$"),
    ],
)
def test_cells_sent_as_one_document_under_the_path_of_the_notebook(language: str, text: str) -> None:
    with Editor({}) as editor:
        editor.open(text, BOOK, language)
        (found,) = editor.published(1, BOOK)
        assert (found["code"], found["range"]["start"]["line"]) == ("inner-sizes", 2)
