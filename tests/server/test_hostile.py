"""Messages that no editor should send, and some do: the server answers as the protocol asks, and goes on."""

import subprocess
import sys
from typing import Any

import pytest

from .editor import URI, Editor

SLIP = "dZ1 = W2 @ dZ2\n"
HOSTILE: list[bytes] = [
    b"{",
    b"[]",
    b"1",
    b"null",
    b"{}",
    b"\xff\xfe",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "1.0", "method": "textDocument/didOpen"}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": null}',
    b'{"jsonrpc": "2.0", "method": 3}',
    b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 77}}',
    b'{"jsonrpc": "2.0", "method": "$/nonsense"}',
    b'{"jsonrpc": "2.0", "id": 3, "result": null}',
    b'{"jsonrpc": "2.0", "id": "x", "error": {"code": 1, "message": "no"}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///other", '
    b'"version": 1}, "contentChanges": [{"text": "x"}]}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///other"}}}',
    b'{"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {"settings": [1, {"select": 3}]}}',
    b'{"jsonrpc": "2.0", "method": "initialized", "params": {}}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: body[:40].decode("latin-1"))
def test_the_server_is_right_after_it(body: bytes) -> None:
    with Editor() as editor:
        editor.send(body)
        editor.open(SLIP)
        assert [one["code"] for one in editor.published(1)] == ["inner-sizes"]
        assert editor.leave() == 0


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("textDocument/hover", {"nothing": 1}, -32602),
        ("textDocument/codeAction", None, -32602),
        ("no/such", {}, -32601),
        ("initialize", {"capabilities": {}, "processId": None, "rootUri": None}, -32600),
    ],
)
def test_a_bad_request_is_answered(method: str, parameters: object, code: int) -> None:
    with Editor() as editor:
        assert editor.ask(method, parameters)["error"]["code"] == code
        assert editor.leave() == 0


def test_nothing_is_served_before_initialize_and_after_shutdown() -> None:
    asked = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}
    with Editor(start=False) as editor:
        assert editor.ask("textDocument/hover", asked)["error"]["code"] == -32002
        assert editor.leave(shutdown=False) == 1
    with Editor() as editor:
        editor.ask("shutdown")
        assert editor.ask("textDocument/hover", asked)["error"]["code"] == -32600
        assert editor.leave(shutdown=False) == 0


def test_exit_without_shutdown_is_a_fault() -> None:
    with Editor() as editor:
        assert editor.leave(shutdown=False) == 1


def _edit(start: tuple[int, int], end: tuple[int, int], text: str) -> dict[str, Any]:
    low, high = ({"line": line, "character": character} for line, character in (start, end))
    return {"range": {"start": low, "end": high}, "text": text}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (_edit((0, 12), (0, 6), "d"), ["target-shape"]),  # reversed: `dZ1 = dZ2`
        (_edit((7, 0), (9, 0), "dZ1 = W2 @ dZ2"), ["inner-sizes", "inner-sizes"]),
        (_edit((0, 8), (0, 8), ".T"), []),
        (_edit((0, 900), (0, 900), " * 2"), ["inner-sizes"]),
    ],
)
def test_a_range_that_does_not_exist_is_the_nearest(change: dict[str, Any], codes: list[str]) -> None:
    with Editor() as editor:
        editor.open(SLIP)
        editor.edit(2, [change])
        assert [one["code"] for one in editor.published(2)] == codes


def test_questions_about_a_document_that_is_not_open() -> None:
    with Editor() as editor:
        assert editor.at("textDocument/hover", 0, 0, "file:///never") is None
        assert editor.actions((0, 0), "file:///never") == []


def test_without_its_extra_the_server_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['pygls'] = None; from shapelint.cli import main; sys.exit(main(['lsp']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "shapelint: the language server needs an extra: pip install 'shapelint[lsp]'\n"
