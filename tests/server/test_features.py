"""What an editor shows: findings, quick fixes, hover, outline and hints."""

from typing import Any

import pytest

from .editor import CLIENTS, URI, Editor, capabilities, written

SLIP = "Z1 = W1 @ X + b1\ndZ1 = W2 @ dZ2 * g'(Z1)\n"
NAMES = sorted(path.stem for path in CLIENTS.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_every_client_sees_the_slip_once(name: str) -> None:
    can = capabilities(name)
    with Editor(can) as editor:
        editor.open(SLIP)
        if "diagnostic" in can.get("textDocument", {}):
            answer = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": URI}})
            found = answer["result"]["items"]
            assert not [one for one in editor.told if one.get("method") == "textDocument/publishDiagnostics"]
        else:
            found = editor.published(1)
        assert [one["code"] for one in found] == ["inner-sizes"]
        assert found[0]["range"] == {"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 8}}
        assert "`W2` has n1 columns, but `dZ2` has n2 rows" in found[0]["message"]
        assert editor.leave() == 0


def test_the_quick_fix_mends_the_formula() -> None:
    with Editor() as editor:
        editor.open(SLIP)
        first, ignore, every, show, derive = editor.actions((1, 7))
        assert (ignore["title"], ignore["kind"]) == ("Ignore `inner-sizes` here", "quickfix")
        assert show["command"]["command"] == "shapelint.showAnalysis"
        assert derive["title"] == "Show where `dZ1` comes from"
        assert (first["title"], first["kind"], first["isPreferred"]) == (
            "Write `W2.T @ dZ2`",
            "quickfix",
            True,
        )
        assert every["kind"] == "source.fixAll.shapelint"
        mended = written(SLIP, first["edit"]["changes"][URI])
        assert mended == SLIP.replace("W2 @", "W2.T @")
        editor.edit(2, [{"text": mended}])
        assert editor.published(2) == []
        assert [one["title"] for one in editor.actions((0, 2))] == ["Show the shape of every term"]


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["source"], {"source.fixAll.shapelint"}),
        (["source.fixAll"], {"source.fixAll.shapelint"}),
        (["refactor"], set()),
    ],
)
def test_only_the_kinds_that_are_asked_for(only: list[str], kinds: set[str]) -> None:
    with Editor() as editor:
        editor.open(SLIP)
        assert {one["kind"] for one in editor.actions((1, 7), only=only)} == kinds


def test_edits_carry_the_version_where_the_client_takes_it() -> None:
    can = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
    with Editor(can) as editor:
        editor.open(SLIP)
        (change,) = editor.actions((1, 7))[0]["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": URI, "version": 1}


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)])
def test_an_edit_behind_a_wide_character_lands_there(encoding: str, width: int) -> None:
    with Editor({"general": {"positionEncodings": [encoding]}}) as editor:
        assert editor.server["capabilities"]["positionEncoding"] == encoding
        editor.open("𝔘α = dZ2\ndZ1 = W2 @ dZ2\n")
        start = {"line": 0, "character": width}
        editor.edit(2, [{"range": {"start": start, "end": {"line": 1, "character": 0}}, "text": "\n# "}])
        assert editor.published(2) == []


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_a_term_behind_a_wide_character_is_found(encoding: str, width: int) -> None:
    uri = "file:///nowhere/notes.md"
    text = "# 𝔘\n\n𝔘 $dZ^{[1]} = W^{[2]} dZ^{[2]}$\n"
    with Editor({"general": {"positionEncodings": [encoding]}}) as editor:
        editor.open(text, uri, "markdown")
        (found,) = editor.published(1, uri)
        start = found["range"]["start"]
        assert start == {"line": 2, "character": width + len(" $dZ^{[1]} = ")}
        shown = editor.at("textDocument/hover", 2, start["character"], uri)
        assert shown["contents"]["value"] == "W^{[2]} : (n2, n1)"
        assert shown["range"]["start"] == start


@pytest.mark.parametrize(
    ("named", "told", "width"),
    [(None, "utf-8", 4), (None, "none", 2), (["utf-32"], "utf-8", 1), (None, ["utf-8"], 2)],
)
def test_a_plugin_tells_how_its_editor_counts_if_that_does_not(
    named: list[str] | None, told: object, width: int
) -> None:
    can = {"general": {"positionEncodings": named}} if named else {}
    with Editor(can, {"positionEncoding": told, "settings": {}}) as editor:
        editor.open("𝔘 $dA^{[1]} = W^{[2]} dZ^{[2]}$\n", "file:///nowhere/notes.md", "markdown")
        (found,) = editor.published(1, "file:///nowhere/notes.md")
        assert found["range"]["start"]["character"] == width + len(" $dA^{[1]} = ")


@pytest.mark.parametrize(
    ("formats", "kind"),
    [(["markdown", "plaintext"], "markdown"), (["plaintext"], "plaintext"), ([], "plaintext")],
)
def test_hover_is_written_as_the_client_takes_it(formats: list[str], kind: str) -> None:
    can = {"textDocument": {"hover": {"contentFormat": formats}}}
    with Editor(can) as editor:
        editor.open("dA1 = W2.T @ dZ2\n")
        shown = editor.at("textDocument/hover", 0, 11)
        assert shown["contents"]["kind"] == kind
        assert "(n1, n2) @ (n2, m) → (n1, m)" in shown["contents"]["value"]
        assert editor.at("textDocument/hover", 1, 0) is None


def test_related_information_stands_where_the_shape_was_said() -> None:
    can: dict[str, Any] = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
    with Editor(can) as editor:
        editor.open("H : (n1, m)\ndW2 = dZ2 @ H\n")
        (found,) = editor.published(1)
        lines = {one["location"]["range"]["start"]["line"] for one in found["relatedInformation"]}
        assert 0 in lines


def test_outline_and_hints_give_the_targets() -> None:
    with Editor() as editor:
        editor.open("Z1 = W1 @ X + b1\ndb1 = np.sum(dZ1, axis=1, keepdims=True)\n")
        symbols = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}})["result"]
        assert [(one["name"], one["detail"]) for one in symbols] == [("Z1", "(n1, m)"), ("db1", "(n1, 1)")]
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 99}}
        hints = editor.ask("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": whole})["result"]
        assert [(one["label"], one["position"]) for one in hints] == [
            (": (n1, m)", {"line": 0, "character": 2})
        ]


def test_settings_come_with_initialize_and_change_later() -> None:
    rows = "Z1 = X @ W1 + b1\n"
    with Editor(options={"settings": {"convention": "rows"}}) as editor:
        editor.open(rows)
        assert editor.published(1) == []
        editor.say("workspace/didChangeConfiguration", {"settings": {"shapelint": {"convention": "ng"}}})
        assert [one["code"] for one in editor.published(1)] == ["inner-sizes"]
        editor.say(
            "workspace/didChangeConfiguration",
            {"settings": {"shapelint": {"ignore": ["inner-sizes"], "convention": "ng"}}},
        )
        assert editor.published(1) == []


def test_a_closed_document_leaves_nothing_behind() -> None:
    with Editor() as editor:
        editor.open(SLIP)
        assert editor.published(1)
        editor.say("textDocument/didClose", {"textDocument": {"uri": URI}})
        message = editor.receive()
        assert message["params"]["diagnostics"] == []
