"""Random messages, from nearly right to nonsense: after each of them the server is alive, and right."""

import json
import random
from typing import Any

import pytest

from .editor import URI, Editor

METHODS = (
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/diagnostic",
    "textDocument/documentSymbol",
    "textDocument/inlayHint",
    "textDocument/didChange",
    "textDocument/didOpen",
    "textDocument/didClose",
    "textDocument/completion",
    "workspace/didChangeConfiguration",
    "workspace/executeCommand",
    "$/cancelRequest",
    "$/setTrace",
    "initialized",
    "window/workDoneProgress/cancel",
    "notebookDocument/didOpen",
    "",
)
NUMBER = 2_500
UNTOUCHED = "file:///nowhere/untouched.formulas.txt"


@pytest.mark.parametrize("seed", range(4))
def test_the_server_outlives_random_messages(seed: int) -> None:
    rng = random.Random(seed)
    with Editor() as editor:
        editor.open("dZ1 = W2 @ dZ2\n")
        editor.open("dZ1 = W2.T @ dZ2 * g'(Z1)\n", UNTOUCHED)
        right = editor.ask("textDocument/hover", _hover(UNTOUCHED))["result"]
        assert "(n1, n2)" in right["contents"]["value"]
        for number in range(NUMBER):
            editor.send(_message(rng, number))
            assert editor.ask("textDocument/hover", _hover(UNTOUCHED))["result"] == right
        editor.open("dA1 = W2 @ dZ2\n", "file:///nowhere/last.formulas.txt")
        assert editor.ask("textDocument/hover", _hover("file:///nowhere/last.formulas.txt"))["result"][
            "contents"
        ]
        assert editor.leave() == 0


def _message(rng: random.Random, number: int) -> bytes:
    if rng.random() < 0.1:
        return bytes(rng.choices(b'{}[]":,x0 \xff', k=rng.randrange(1, 30)))
    message: dict[str, Any] = {"jsonrpc": "2.0", "method": rng.choice(METHODS), "params": _value(rng, 0)}
    if rng.random() < 0.5:
        message["id"] = rng.choice([f"r{number}", 10_000 + number, None, -1, 1.5])
    return json.dumps(message).encode()


def _hover(uri: str) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 7}}


def _value(rng: random.Random, depth: int) -> Any:
    """Return something that often has the right keys, and now and then right values."""
    if depth > 3 or rng.random() < 0.15:
        return rng.choice(
            [None, True, -1, 0, 3, 2**40, 1.5, "", URI, "file:///x.md", "dZ1 = W2 @ dZ2", [], {}]
        )
    if depth == 0 or rng.random() < 0.7:
        keys = rng.sample(_KEYS, rng.randrange(1, 5))
        return {key: _known(rng, key) if rng.random() < 0.6 else _value(rng, depth + 1) for key in keys}
    return [_value(rng, depth + 1) for _ in range(rng.randrange(3))]


_KEYS = [
    "textDocument",
    "position",
    "range",
    "contentChanges",
    "context",
    "settings",
    "id",
    "value",
    "command",
    "token",
]


def _known(rng: random.Random, key: str) -> Any:
    place = {"line": rng.randrange(-1, 3), "character": rng.choice([0, 5, 7, 10**6])}
    change = {"range": {"start": place, "end": place}, "text": rng.choice(["", "x", "\n", "𝔘"])}
    return {
        "textDocument": {
            "uri": URI,
            "version": rng.randrange(9),
            "languageId": "plaintext",
            "text": "dZ1 = W2",
        },
        "position": place,
        "range": {"start": place, "end": {"line": 0, "character": 3}},
        "contentChanges": [change],
        "context": {"diagnostics": [], "only": rng.choice([None, ["quickfix"], ["x"]])},
        "settings": rng.choice([{}, {"select": "x"}, {"layout": 3}, None]),
        "id": 1,
        "value": rng.choice(["off", "nonsense"]),
        "command": "none",
        "token": "t",
    }[key]
