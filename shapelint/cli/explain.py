"""`shapelint explain`: a code comes in, its page of the catalogue comes out."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from shapelint.catalogue import TOPICS, page, topic
from shapelint.cli.options import add_colour
from shapelint.cli.outlet import outlet, write
from shapelint.cli.parser import Parser, add_about
from shapelint.codes import CODES
from shapelint.misuse import Misuse, unknown
from shapelint.render.page import render
from shapelint.render.screen import Screen, screen


def run(arguments: Sequence[str]) -> int:
    """Print one page, or the list of all codes."""
    values = parser().read(arguments, Namespace())
    if not values.list and values.code is None:
        raise Misuse("which code? `shapelint explain --list` lists them all")
    with outlet(None) as stream:
        shown = screen(stream, values.color)
        write(_table(shown) if values.list else render(_page(values.code), shown), stream)
    return 0


def parser() -> Parser:
    """Return the parser of this command."""
    made = Parser("shapelint explain CODE", "What a finding means, how to repair it, and when to ignore it.")
    group = made.add_argument_group("what to explain")
    group.add_argument(
        "code", metavar="CODE", nargs="?", help="a code, as in error[CODE], or its beginning; or chain-rule"
    )
    group.add_argument("--list", action="store_true", help="list all codes, a line each")
    add_colour(group.add_argument)
    made.set_defaults(color="auto")
    add_about(made)
    return made


def _table(shown: Screen) -> Iterator[str]:
    names = max(map(len, CODES))
    for code in CODES.values():
        row = f"{code.name:<{names}}  {code.severity:<7}  "
        yield "\n".join(shown.lines(row + code.fact, indent=len(row))) + "\n"


def _page(word: str) -> str:
    if word in TOPICS:
        return topic(word)
    meant = [word] if word in CODES else [code for code in CODES if word and code.startswith(word)]
    if len(meant) != 1:
        raise unknown("code", word, meant or (*CODES, *TOPICS))
    code = CODES[meant[0]]
    return page(code.name) or f"# {code.name}\n\n{code.fact}\n"
