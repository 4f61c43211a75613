"""Commands of the server: `shapelint.showAnalysis` answers with what `shapelint shapes` prints of a formula.

An editor's plugin may show the answer as it likes and says so by `{"showAnalysis": "answer"}` in its settings at
`initialize`; for all others it is a message, which every editor shows.
"""

from lsprotocol import types

from shapelint.render import analyses
from shapelint.render.screen import Screen
from shapelint.server.actions import SHOW_ANALYSIS
from shapelint.server.app import Server
from shapelint.server.document import Document
from shapelint.source import Span

NOTHING = "There is no formula here."


def register(made: Server) -> None:
    """Add the commands to a server."""

    @made.command(SHOW_ANALYSIS)
    async def _(uri: str, position: types.Position) -> str:
        shown = await made.ask(
            uri, lambda one: analysis(one, one.places(made.client.encoding).offset(position)), ""
        )
        if not made.settings.takes_answers:
            message = types.ShowMessageParams(types.MessageType.Info, shown or NOTHING)
            made.window_show_message(message)
        return shown or NOTHING


def analysis(document: Document, place: int) -> str:
    """Return the analysis of the formula at a place, "" where there is none."""
    found = document.shapes_within(Span(place, place))
    return "".join(analyses([(document.source, found)], "full", Screen())).rstrip() if found else ""
