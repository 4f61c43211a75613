"""What a client that asks itself gets: reports that tell whether they changed, of documents and of whole folders."""

from pathlib import Path
from typing import Any

import pytest

from .editor import URI, Editor

SLIP = "dZ1 = W2 @ dZ2\n"
PULLING: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wrong.shapes").write_text(SLIP)
    (tmp_path / "right.shapes").write_text("dZ1 = W2.T @ dZ2\n")
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "out.shapes").write_text(SLIP)
    (tmp_path / "book.ipynb").write_text("{}")
    (tmp_path / "shapelint.toml").write_text('exclude = ["left"]\n')
    (tmp_path / "broken.shapes").write_bytes(b"\xff")
    return tmp_path


def _folders(path: Path) -> dict[str, Any]:
    return {"workspaceFolders": [{"uri": path.as_uri(), "name": "notes"}]}


def _ask(editor: Editor, previous: dict[str, str] | None = None, **tokens: str) -> dict[str, dict[str, Any]]:
    ids = [{"uri": uri, "value": value} for uri, value in (previous or {}).items()]
    found = editor.ask("workspace/diagnostic", {"previousResultIds": ids, **tokens})["result"]["items"]
    return {Path(one["uri"]).name: one for one in found}


def _ids(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {one["uri"]: one["resultId"] for one in found.values()}


def test_a_folder_is_checked_as_on_the_command_line(folder: Path) -> None:
    with Editor(PULLING, initialize=_folders(folder)) as editor:
        found = _ask(editor)
        assert sorted(found) == ["broken.shapes", "right.shapes", "wrong.shapes"]
        assert [one["code"] for one in found["wrong.shapes"]["items"]] == ["inner-sizes"]
        assert found["right.shapes"]["items"] == found["broken.shapes"]["items"] == []
        assert editor.leave() == 0


def test_what_did_not_change_is_not_told_again(folder: Path) -> None:
    with Editor(PULLING, initialize=_folders(folder)) as editor:
        before = _ids(_ask(editor))
        assert {one["kind"] for one in _ask(editor, before).values()} == {"unchanged"}
        (folder / "right.shapes").write_text(SLIP * 2)
        (folder / "wrong.shapes").unlink()
        found = _ask(editor, before)
        assert (found["right.shapes"]["kind"], len(found["right.shapes"]["items"])) == ("full", 2)
        assert (found["wrong.shapes"]["kind"], found["wrong.shapes"]["items"]) == ("full", [])


def test_an_open_document_counts_as_it_is_typed(folder: Path) -> None:
    uri = (folder / "wrong.shapes").as_uri()
    with Editor(PULLING, initialize=_folders(folder)) as editor:
        editor.open("dZ1 = W2.T @ dZ2\n", uri)
        found = _ask(editor)
        assert (found["wrong.shapes"]["items"], found["wrong.shapes"]["version"]) == ([], 1)
        assert _ask(editor, _ids(found))["wrong.shapes"]["kind"] == "unchanged"
        editor.edit(2, [{"text": SLIP}], uri)
        assert _ask(editor, _ids(found))["wrong.shapes"]["kind"] == "full"  # what is typed waits
        editor.say("textDocument/didSave", {"textDocument": {"uri": uri}})
        assert _ask(editor, _ids(found))["wrong.shapes"]["items"]


def test_settings_that_change_are_asked_about_again(folder: Path) -> None:
    with Editor(PULLING, initialize=_folders(folder)) as editor:
        before = _ids(_ask(editor))
        editor.say("workspace/didChangeConfiguration", {"settings": {"shapelint": {"ignore": "inner-sizes"}}})
        assert _ask(editor, before)["wrong.shapes"]["items"] == []
        asked = [one for one in editor.told if one.get("method") == "workspace/diagnostic/refresh"]
        assert len(asked) == 1


def test_progress_and_parts_are_told_to_who_wants_them(folder: Path) -> None:
    with Editor(PULLING, initialize=_folders(folder)) as editor:
        assert _ask(editor, partialResultToken="parts", workDoneToken="work") == {}
        told = [one["params"] for one in editor.told if one.get("method") == "$/progress"]
        parts = [item for one in told if one["token"] == "parts" for item in one["value"]["items"]]
        assert sorted(Path(one["uri"]).name for one in parts) == [
            "broken.shapes",
            "right.shapes",
            "wrong.shapes",
        ]
        work = [one["value"]["kind"] for one in told if one["token"] == "work"]
        assert (work[0], work[-1], set(work[1:-1])) == ("begin", "end", {"report"})


def test_folders_come_and_go(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "another.shapes").write_text(SLIP)
    with Editor(PULLING, initialize={"rootUri": folder.as_uri()}) as editor:
        before = _ids(_ask(editor))
        changed = {
            "added": [{"uri": other.as_uri(), "name": ""}],
            "removed": [{"uri": folder.as_uri(), "name": ""}],
        }
        editor.say("workspace/didChangeWorkspaceFolders", {"event": changed})
        found = _ask(editor, before)
        assert found["another.shapes"]["items"]
        assert found["wrong.shapes"]["items"] == []


def test_a_request_that_is_taken_back_is_answered_so(folder: Path) -> None:
    for number in range(200):
        (folder / f"{number}.shapes").write_text(SLIP * 20)
    with Editor(PULLING, initialize=_folders(folder)) as editor:
        editor.begin("workspace/diagnostic", {"previousResultIds": []}, identity="w")
        editor.say("$/cancelRequest", {"id": "w"})
        assert editor.answer("w")["error"]["code"] == -32800
        assert editor.leave() == 0


def test_a_document_that_did_not_change_is_not_told_again() -> None:
    with Editor(PULLING) as editor:
        editor.open(SLIP)
        asked: dict[str, Any] = {"textDocument": {"uri": URI}}
        first = editor.ask("textDocument/diagnostic", asked)["result"]
        assert (first["kind"], len(first["items"])) == ("full", 1)
        again = editor.ask("textDocument/diagnostic", {**asked, "previousResultId": first["resultId"]})[
            "result"
        ]
        assert again == {"kind": "unchanged", "resultId": first["resultId"]}
        editor.edit(2, [{"text": "dZ1 = W2.T @ dZ2\n"}])
        last = editor.ask("textDocument/diagnostic", {**asked, "previousResultId": first["resultId"]})[
            "result"
        ]
        assert (last["kind"], last["items"]) == ("full", [])
