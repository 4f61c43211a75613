"""argparse with better manners: arguments come in, values come out, or Misuse that names the right option."""

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from shapelint import __version__
from shapelint.misuse import Misuse, nearest, unknown

_Values = TypeVar("_Values")


class Parser(argparse.ArgumentParser):
    """The parser of one command; it complains in one sentence by raising Misuse."""

    def __init__(self, usage: str, description: str, epilog: str = "") -> None:
        """Begin a command; its options are added in groups."""
        super().__init__(
            prog="shapelint",
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=_Help,
            allow_abbrev=False,  # a guess that is right today is ambiguous with tomorrow's option
            add_help=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise where argparse would print the usage and end the program."""
        raise Misuse(message)

    def read(self, arguments: Sequence[str], values: _Values) -> _Values:
        """Read options and operands in any order into the values; raises Misuse for an unknown option.

        What the values hold already are the defaults.
        """
        _, rest = self.parse_known_intermixed_args(arguments, values)
        for word in rest:
            option = word.partition("=")[0]
            near = nearest(option, (known for known in self._option_string_actions if known[:2] == "--"))
            hint = f"did you mean `{near}`?" if near else f"`{self.prog} --help` lists them"
            raise Misuse(f"unknown option `{option}`; {hint}")
        return values


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help for 80 columns."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=80)


def one_of(what: str, choices: Sequence[str]) -> Callable[[str], str]:
    """Return the reader of an option with few values: as `choices`, but it names the nearest one."""

    def read(word: str) -> str:
        if word not in choices:
            raise unknown(what, word, choices)
        return word

    return read


def add_about(parser: Parser) -> None:
    """Add what every command has."""
    group = parser.add_argument_group("about")
    group.add_argument("-h", "--help", action="help", help="show this help")
    version = f"shapelint {__version__}"
    group.add_argument("--version", action="version", version=version, help="show the version")
