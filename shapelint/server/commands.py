"""Commands of the server: `shapelint.showAnalysis` answers with what `shapelint shapes` prints of a formula,
`shapelint.showDerivation` with what `shapelint derive` prints of the gradient there.

An editor's plugin may show the answer as it likes and says so by `{"showAnalysis": "answer"}` in its settings at
`initialize`; for all others it is a message, which every editor shows.
"""

from collections.abc import Callable

from lsprotocol import types

from shapelint.render import analyses
from shapelint.render.screen import Screen
from shapelint.server.actions import SHOW_ANALYSIS, SHOW_DERIVATION
from shapelint.server.app import Server
from shapelint.server.derivations import page
from shapelint.server.document import Document
from shapelint.source import Span

NOTHING = "There is no formula here."
UNDERIVED = "There is no gradient here that can be derived."


def register(made: Server) -> None:
    """Add the commands to a server."""

    @made.command(SHOW_ANALYSIS)
    async def _(uri: str, position: types.Position) -> str:
        return await _shown(made, uri, position, analysis, NOTHING)

    @made.command(SHOW_DERIVATION)
    async def _(uri: str, position: types.Position) -> str:
        return await _shown(made, uri, position, page, UNDERIVED)


async def _shown(
    made: Server, uri: str, position: types.Position, work: Callable[[Document, int], str], nothing: str
) -> str:
    """Answer with a text about a place, and show it where the editor's plugin does not."""
    shown = await made.ask(uri, lambda one: work(one, one.places(made.client.encoding).offset(position)), "")
    if not made.settings.takes_answers:
        message = types.ShowMessageParams(types.MessageType.Info, shown or nothing)
        made.window_show_message(message)
    return shown or nothing


def analysis(document: Document, place: int) -> str:
    """Return the analysis of the formula at a place, "" where there is none."""
    found = document.shapes_within(Span(place, place))
    return "".join(analyses([(document.source, found)], "full", Screen())).rstrip() if found else ""
