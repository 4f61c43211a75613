"""What can be done at a place besides repairs: silencing, declaring, showing the analysis; with and without resolve."""

from typing import Any

import pytest

from .editor import CLIENTS, URI, Editor, capabilities, written

SLIP = "Z1 = W1 @ X + b1\ndZ1 = W2 @ dZ2 * g'(Z1)\n"
NAMES = sorted(path.stem for path in CLIENTS.glob("*.json"))
RESOLVING: dict[str, Any] = {
    "textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}}
}


def _action(editor: Editor, place: tuple[int, int], title: str, uri: str = URI) -> dict[str, Any]:
    return next(one for one in editor.actions(place, uri) if one["title"].startswith(title))


def _edits(action: dict[str, Any], uri: str = URI) -> list[dict[str, Any]]:
    edit = action["edit"]
    found: list[dict[str, Any]] = (
        edit["changes"][uri] if "changes" in edit else edit["documentChanges"][0]["edits"]
    )
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_edit_comes_at_once_or_when_it_is_asked_for(name: str) -> None:
    can = capabilities(name)
    action = can["textDocument"]["codeAction"]
    resolves = action.get("dataSupport", False) and "edit" in action.get("resolveSupport", {}).get(
        "properties", ()
    )
    with Editor(can) as editor:
        editor.open(SLIP)
        first = editor.actions((1, 7))[0]
        assert ("edit" in first) == (not resolves)
        if resolves:
            first = editor.ask("codeAction/resolve", first)["result"]
        assert written(SLIP, _edits(first)) == SLIP.replace("W2 @", "W2.T @")


def test_an_action_of_an_outdated_version_gets_no_edit() -> None:
    with Editor(RESOLVING) as editor:
        editor.open(SLIP)
        first = editor.actions((1, 7))[0]
        editor.edit(2, [{"text": "\n" + SLIP}])
        assert "edit" not in editor.ask("codeAction/resolve", first)["result"]
        assert "edit" in editor.ask("codeAction/resolve", editor.actions((2, 7))[0])["result"]


@pytest.mark.parametrize("data", [None, 3, {}, {"uri": URI, "version": 1, "number": 99, "range": "x"}])
def test_an_action_of_somebody_else_comes_back_as_it_is(data: object) -> None:
    with Editor(RESOLVING) as editor:
        editor.open(SLIP)
        action = {"title": "Another", "data": data}
        answer = editor.ask("codeAction/resolve", action)["result"]
        assert (answer["title"], answer.get("edit")) == ("Another", None)


@pytest.mark.parametrize(
    ("name", "text", "place", "after"),
    [
        ("formulas.txt", SLIP, (1, 7), SLIP.replace("(Z1)", "(Z1)  # shapelint: ignore[inner-sizes]")),
        (
            "notes.md",
            "$dA^{[1]} = W^{[2]} dZ^{[2]}$\n",
            (0, 14),
            "$dA^{[1]} = W^{[2]} dZ^{[2]}$  <!-- shapelint: ignore[inner-sizes] -->\n",
        ),
        (
            "notes.md",
            "```\ndA1 = W2 @ dZ2\n```\n",
            (1, 7),
            "```\ndA1 = W2 @ dZ2  # shapelint: ignore[inner-sizes]\n```\n",
        ),
        (
            "paper.tex",
            "\\[ dA^{[1]} = W^{[2]} dZ^{[2]} \\]\n",
            (0, 16),
            "\\[ dA^{[1]} = W^{[2]} dZ^{[2]} \\]  % shapelint: ignore[inner-sizes]\n",
        ),
    ],
)
def test_ignore_here_silences_the_finding(name: str, text: str, place: tuple[int, int], after: str) -> None:
    uri = f"file:///nowhere/{name}"
    with Editor() as editor:
        editor.open(text, uri, "plaintext")
        assert len(editor.published(1, uri)) == 1
        mended = written(text, _edits(_action(editor, place, "Ignore", uri), uri))
        assert mended == after
        editor.edit(2, [{"text": mended}], uri)
        assert editor.published(2, uri) == []


def test_a_name_that_tells_nothing_can_be_declared() -> None:
    text = "dZ1 = W2.T @ dZ2\nQ = U @ V\n"
    with Editor() as editor:
        editor.open(text)
        mended = written(text, _edits(_action(editor, (1, 4), "Declare `U`")))
        assert mended == "dZ1 = W2.T @ dZ2\nU : (n1, m)\nQ = U @ V\n"
        editor.edit(2, [{"text": mended}])
        assert not [one for one in editor.actions((2, 4)) if one["title"] == "Declare `V`"]


def test_the_analysis_is_shown_and_answered() -> None:
    with Editor() as editor:
        editor.open(SLIP)
        command = _action(editor, (0, 6), "Show the shape")["command"]
        asked = {"command": command["command"], "arguments": command["arguments"]}
        answer = editor.ask("workspace/executeCommand", asked)["result"]
        assert "(n1, n0) @ (n0, m) → (n1, m)" in answer
        (message,) = [one for one in editor.told if one.get("method") == "window/showMessage"]
        assert message["params"]["message"] == answer


def test_a_plugin_that_shows_answers_gets_no_message() -> None:
    with Editor(options={"showAnalysis": "answer"}) as editor:
        editor.open(SLIP)
        asked = {"command": "shapelint.showAnalysis", "arguments": [URI, {"line": 9, "character": 9}]}
        assert editor.ask("workspace/executeCommand", asked)["result"] == "There is no formula here."
        assert not [one for one in editor.told if one.get("method") == "window/showMessage"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("no.such", []),
        ("shapelint.showAnalysis", []),
        ("shapelint.showAnalysis", [1, 2]),
        ("shapelint.showAnalysis", [URI]),
    ],
)
def test_a_command_that_cannot_be_done_is_answered_as_an_error(command: str, arguments: list[object]) -> None:
    with Editor() as editor:
        editor.open(SLIP)
        answer = editor.ask("workspace/executeCommand", {"command": command, "arguments": arguments})
        assert answer["error"]["code"] in (-32602, -32601)
        assert editor.leave() == 0


def test_hover_on_a_code_shows_its_page() -> None:
    can = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
    with Editor(can) as editor:
        editor.open("dA1 = W2 @ dZ2  # shapelint: ignore[inner-sizes]\n")
        shown = editor.at("textDocument/hover", 0, 40)
        assert shown["contents"]["value"].startswith("# inner-sizes")
        assert shown["range"]["start"]["character"] == 36
        assert editor.at("textDocument/hover", 0, 20) is None
