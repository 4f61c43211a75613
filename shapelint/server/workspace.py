"""The folders of an editor in, a report for each of their files out, as `shapelint FOLDER` would check them.

Open documents count in their newest version. A file that is as it was is reported as unchanged, without being read;
notebooks are left to the editor's own messages, for no position in their JSON is one of a formula.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from shapelint.documents.kinds import NOTEBOOK, kind
from shapelint.files.find import find
from shapelint.files.source import source
from shapelint.server.app import Server
from shapelint.server.document import Document, path_of
from shapelint.server.findings import findings, identity, report
from shapelint.server.typed import Shown
from shapelint.source import Source

Report = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport


class _Known(NamedTuple):
    """A file as it was when it was reported: what tells that it changed, and the identity of its report."""

    state: tuple[int, int]
    identity: str


class Workspace:
    """The folders of a client, and what was reported of their files."""

    def __init__(self, made: Server) -> None:
        """Begin without a folder."""
        self._server = made
        self._folders: dict[str, None] = {}
        self._known: dict[str, _Known] = {}

    def change(self, added: Sequence[str], removed: Sequence[str]) -> None:
        """Take the folders that come and go, as URIs."""
        self._folders.update({path: None for uri in added if (path := path_of(uri))})
        for uri in removed:
            self._folders.pop(path_of(uri), None)

    def forget(self) -> None:
        """Read every file again: other settings hold."""
        self._known.clear()

    def paths(self) -> list[str]:
        """Return the files to check, in order."""
        found = find([one for one in self._folders if Path(one).is_dir()], self._server.settings.excluded)
        return [str(Path(one.path).absolute()) for one in found if kind(one.path) != NOTEBOOK]

    async def reports(self, previous: dict[str, str]) -> AsyncIterator[Report]:
        """Yield a report for each file; those reported before that are no longer there get an empty one."""
        paths = await self._server.beside(self.paths)
        uris = {path: Path(path).as_uri() for path in paths}
        for path, uri in uris.items():
            opened = self._opened(path)
            report = await self._report(path, opened or uri, opened is not None, previous.get(opened or uri))
            if report is not None:
                yield report
        for uri in previous.keys() - {*uris.values(), *self._server.documents}:
            self._known.pop(path_of(uri), None)
            yield types.WorkspaceFullDocumentDiagnosticReport(uri, [])

    def _opened(self, path: str) -> str | None:
        """Return the URI under which a file is open: editors write one path in several ways."""
        return next((uri for uri in self._server.documents if path_of(uri) == path), None)

    async def _report(self, path: str, uri: str, opened: bool, before: str | None) -> Report | None:
        client = self._server.client
        if opened:
            document = self._server.documents[uri]
            if identity(document) == before and self._server.pace.of(uri) is None:
                return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, before, version=document.version)
            told = report(document, await self._server.ask(uri, self._server.shown, Shown([])), before)
            if isinstance(told, types.RelatedUnchangedDocumentDiagnosticReport):
                return types.WorkspaceUnchangedDocumentDiagnosticReport(
                    uri, told.result_id, version=document.version
                )
            return types.WorkspaceFullDocumentDiagnosticReport(
                uri, list(told.items), version=document.version, result_id=told.result_id
            )
        state = _state(path)
        if state is None:
            return None
        known = self._known.get(path)
        if known is None or known.state != state or known.identity != before:
            closed = await self._server.beside(lambda: self._closed(path, uri))
            known = self._known[path] = _Known(state, identity(closed))
            if known.identity != before:
                found = await self._server.beside(lambda: findings(closed, client))
                return types.WorkspaceFullDocumentDiagnosticReport(uri, found, result_id=known.identity)
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, known.identity)

    def _closed(self, path: str, uri: str) -> Document:
        """Read a file that is not open; one that cannot be read has nothing to report."""
        found = source(path, path)
        text = found.text if isinstance(found, Source) else ""
        settings = self._server.settings
        return Document(uri, "", 0, text, settings.options(uri, ""), settings.selection(uri))


def register(made: Server) -> None:
    """Add the workspace to a server."""
    workspace = Workspace(made)
    made.renewed.append(workspace.forget)
    _folders(made, workspace)

    @made.feature(types.WORKSPACE_DIAGNOSTIC)
    async def _(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        previous = {one.uri: one.value for one in params.previous_result_ids}
        tell = _teller(made, params.work_done_token)
        found: list[Report] = []
        number = 0
        async for one in workspace.reports(previous):
            number += 1
            tell(number)
            if params.partial_result_token is None:
                found.append(one)
            else:
                _progress(made, params.partial_result_token, {"items": [_plain(made, one)]})
        tell(0)
        return types.WorkspaceDiagnosticReport(found)


def _folders(made: Server, workspace: Workspace) -> None:
    def begin(params: types.InitializeParams) -> None:
        folders = [one.uri for one in params.workspace_folders or ()]
        workspace.change(folders or ([params.root_uri] if params.root_uri else []), [])

    made.initialized.append(begin)

    @made.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _(params: types.DidChangeWorkspaceFoldersParams) -> None:
        added, removed = params.event.added, params.event.removed
        workspace.change([one.uri for one in added], [one.uri for one in removed])


def _teller(made: Server, token: types.ProgressToken | None) -> Callable[[int], None]:
    """Return what tells how far the work is, to a client that asked to be told; 0 is its end."""
    begun = False

    def tell(number: int) -> None:
        nonlocal begun
        if token is None:
            return
        if not begun:
            begun = True
            _progress(made, token, {"kind": "begin", "title": "shapelint", "cancellable": True})
        words = {"kind": "report", "message": f"{number} files"} if number else {"kind": "end"}
        _progress(made, token, words)

    return tell


def _progress(made: Server, token: types.ProgressToken, value: object) -> None:
    made.protocol.notify(types.PROGRESS, types.ProgressParams(token, value))


def _plain(made: Server, report: Report) -> object:
    return made.protocol._converter.unstructure(report)


def _state(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
