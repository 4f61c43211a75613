"""The profiles of real editors that pytest-lsp keeps: each gets what it can take, and nothing else."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

URI = "file:///nowhere/formulas.txt"
SLIP = "Z1 = W1 @ X + b1\ndZ1 = W2 @ dZ2 * g'(Z1)\n"
PROFILES = ("visual_studio_code@v1.65.2", "neovim@v0.6.1", "neovim@v0.7.0", "neovim@v0.8.0", "neovim@v0.9.1",
            "neovim@v0.10.0", "neovim@v0.11.0", "emacs@v29.1")  # fmt: skip
DOCUMENT = types.TextDocumentIdentifier(URI)
Play = Callable[[LanguageClient, types.ClientCapabilities], Awaitable[None]]


def _played(profile: str, play: Play, configuration: dict[str, Any] | None = None) -> None:
    """Start the server for an editor with this profile, let it play, and leave."""

    async def session() -> None:
        client: Any = await ClientServerConfig([sys.executable, "-m", "shapelint", "lsp"]).start()
        can = client_capabilities(profile)
        client.set_configuration(configuration or {})
        await client.initialize_session(types.InitializeParams(can))
        item = types.TextDocumentItem(URI, "plaintext", 1, SLIP)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        try:
            await play(client, can)
        finally:
            await client.shutdown_session()

    asyncio.run(asyncio.wait_for(session(), 30))


async def _findings(client: LanguageClient, can: types.ClientCapabilities) -> list[types.Diagnostic]:
    """Return what is found, as the editor gets it: asked for or pushed, never both."""
    assert can.text_document is not None
    if can.text_document.diagnostic is not None:
        answer = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(DOCUMENT))
        assert URI not in client.diagnostics
        assert isinstance(answer, types.RelatedFullDocumentDiagnosticReport)
        return list(answer.items)
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[URI])


@pytest.mark.parametrize("profile", PROFILES)
def test_the_slip_is_shown_once(profile: str) -> None:
    async def play(client: LanguageClient, can: types.ClientCapabilities) -> None:
        (found,) = await _findings(client, can)
        assert (found.code, found.range.start) == ("inner-sizes", types.Position(1, 6))

    _played(profile, play)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_repair_is_written_and_the_finding_gone(profile: str) -> None:
    async def play(client: LanguageClient, can: types.ClientCapabilities) -> None:
        (found,) = await _findings(client, can)
        asked = types.CodeActionParams(DOCUMENT, found.range, types.CodeActionContext([found]))
        actions = await client.text_document_code_action_async(asked)
        assert actions
        action = actions[0]
        assert isinstance(action, types.CodeAction)
        if action.edit is None:
            action = await client.code_action_resolve_async(action)
        assert action.edit is not None
        edits = list((action.edit.changes or {}).get(URI, ()))
        for change in action.edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            edits += [one for one in change.edits if isinstance(one, types.TextEdit)]
        (edit,) = edits
        held = types.VersionedTextDocumentIdentifier(2, URI)
        changed = types.TextDocumentContentChangePartial(edit.range, edit.new_text)
        client.text_document_did_change(types.DidChangeTextDocumentParams(held, [changed]))
        assert await _findings(client, can) == []

    _played(profile, play)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_question_is_answered_as_the_editor_takes_it(profile: str) -> None:
    async def play(client: LanguageClient, can: types.ClientCapabilities) -> None:
        place = types.Position(0, 6)
        shown = await client.text_document_hover_async(types.HoverParams(DOCUMENT, place))
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.kind in _formats(can)
        assert "(n1, n0)" in shown.contents.value
        symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(DOCUMENT))
        assert [one.name for one in symbols or ()] == ["Z1", "dZ1"]
        completed = await client.text_document_completion_async(types.CompletionParams(DOCUMENT, place))
        assert isinstance(completed, types.CompletionList)
        assert "W1" in {one.label for one in completed.items}
        await client.text_document_signature_help_async(types.SignatureHelpParams(DOCUMENT, place))
        await client.text_document_definition_async(types.DefinitionParams(DOCUMENT, types.Position(1, 20)))
        context = types.ReferenceContext(True)
        found = await client.text_document_references_async(
            types.ReferenceParams(context, DOCUMENT, types.Position(1, 20))
        )
        assert len(found or ()) == 2

    _played(profile, play)


def _formats(can: types.ClientCapabilities) -> list[types.MarkupKind]:
    hover = can.text_document.hover if can.text_document is not None else None
    return list((hover.content_format if hover is not None else None) or [types.MarkupKind.PlainText])


@pytest.mark.parametrize("profile", [PROFILES[0], PROFILES[-1]])
def test_an_editor_that_can_be_asked_is_asked_for_its_settings(profile: str) -> None:
    async def play(client: LanguageClient, can: types.ClientCapabilities) -> None:
        while found := await _findings(client, can):  # once before the answer, once after it
            assert [one.code for one in found] == ["inner-sizes"]

    _played(profile, play, {"shapelint": {"ignore": ["inner-sizes"]}})
