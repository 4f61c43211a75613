"""An editor for tests: it starts the server as a process, and speaks the protocol over its streams."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CLIENTS = Path(__file__).parent / "clients"
URI = "file:///nowhere/formulas.txt"


def capabilities(name: str) -> dict[str, Any]:
    """Return what a real client says of itself at `initialize`, as it was captured."""
    found: dict[str, Any] = json.loads((CLIENTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


class Editor:
    """One connection to one server."""

    def __init__(
        self,
        can: Mapping[str, Any] | None = None,
        options: object = None,
        start: bool = True,
        initialize: Mapping[str, Any] | None = None,
    ) -> None:
        """Start a server, and unless told otherwise say `initialize`, with whatever more, and `initialized`."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "shapelint", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,  # that nobody reads it must not stop the server
        )
        self._number = 0
        self.told: list[dict[str, Any]] = []
        self.server: dict[str, Any] = {}
        if start:
            said = {
                "processId": None,
                "rootUri": None,
                "capabilities": can or {},
                "initializationOptions": options,
                **(initialize or {}),
            }
            self.server = self.ask("initialize", said)["result"]
            self.say("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def process(self) -> int:
        """The number of the server's process."""
        return self._process.pid

    def send(self, body: bytes) -> None:
        """Send anything as the body of a message."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def say(self, method: str, parameters: object) -> None:
        """Send a notification."""
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters}).encode())

    def ask(self, method: str, parameters: object = None) -> dict[str, Any]:
        """Send a request and return the whole answer; what is told meanwhile goes to `told`."""
        self._number += 1
        self.begin(method, parameters, self._number)
        return self.answer(self._number)

    def begin(self, method: str, parameters: object, identity: int | str) -> None:
        """Send a request and do not wait for the answer."""
        said = {"jsonrpc": "2.0", "id": identity, "method": method, "params": parameters}
        self.send(json.dumps(said).encode())

    def answer(self, identity: int | str) -> dict[str, Any]:
        """Wait for the answer to a request; what is told meanwhile goes to `told`."""
        while True:
            message = self.receive()
            if message.get("id") == identity and "method" not in message:
                return message
            self.told.append(message)

    def receive(self) -> dict[str, Any]:
        """Return the next message of the server."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if line == b"\r\n":
                message: dict[str, Any] = json.loads(self._process.stdout.read(length))
                return message
        raise EOFError("the server is gone")

    def open(self, text: str, uri: str = URI, language: str = "plaintext") -> None:
        """Open a document."""
        held = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.say("textDocument/didOpen", {"textDocument": held})

    def edit(self, version: int, changes: list[dict[str, Any]], uri: str = URI) -> None:
        """Change a document."""
        held = {"uri": uri, "version": version}
        self.say("textDocument/didChange", {"textDocument": held, "contentChanges": changes})

    def published(self, version: int | None, uri: str = URI) -> list[dict[str, Any]]:
        """Wait for the findings that the server pushes for a version."""
        while True:
            message = self.told.pop(0) if self.told else self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                parameters = message["params"]
                if parameters["uri"] == uri and parameters.get("version") == version:
                    found: list[dict[str, Any]] = parameters["diagnostics"]
                    return found

    def actions(
        self, start: tuple[int, int], uri: str = URI, only: list[str] | None = None
    ) -> list[dict[str, Any]]:
        """Ask for the code actions at a place."""
        place = {"line": start[0], "character": start[1]}
        context = {"diagnostics": [], **({"only": only} if only else {})}
        asked = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context}
        found: list[dict[str, Any]] = self.ask("textDocument/codeAction", asked)["result"]
        return found

    def at(self, method: str, line: int, character: int, uri: str = URI) -> Any:
        """Ask a question about a place."""
        asked = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.ask(method, asked)["result"]

    def leave(self, shutdown: bool = True) -> int:
        """End the connection and return the server's exit status."""
        if shutdown:
            self.ask("shutdown")
        self.say("exit", None)
        return self._process.wait(10)


def written(text: str, edits: list[dict[str, Any]]) -> str:
    """Return a text of plain ASCII with the edits of an action."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:row])) for row in range(len(lines) + 1)]
    for edit in sorted(edits, key=lambda one: str(one["range"]), reverse=True):
        low, high = (
            starts[edit["range"][end]["line"]] + edit["range"][end]["character"] for end in ("start", "end")
        )
        text = text[:low] + edit["newText"] + text[high:]
    return text
