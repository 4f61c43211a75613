"""The options of the commands that read formulas: a row each, in the groups that `--help` shows."""

from collections.abc import Callable, Sequence

from shapelint.cli.parser import Parser, one_of
from shapelint.config.choices import LAYOUTS, STARS
from shapelint.misuse import Misuse
from shapelint.selection import selectors

_COLOURS = ("auto", "always", "never")
_SEVERITIES = ("error", "warning")


def add_input(parser: Parser) -> None:
    """Add what is read."""
    add = parser.add_argument_group("input").add_argument
    add("paths", metavar="PATH", nargs="*", help="files and folders, - for standard input (default: .)")
    add("-e", dest="formulas", metavar="FORMULA", action="append", help="read this formula")
    add("--stdin-filename", metavar="NAME", help="report standard input as this file")
    add("--exclude", metavar="PATTERN", action="append", type=_words, help="leave out in folders")
    add("--force-exclude", action="store_true", help="for hooks: take what is named as found")
    add("--show-files", action="store_true", help="only list what would be read")


def add_settings(parser: Parser) -> None:
    """Add how formulas are understood, and where that is set."""
    add = parser.add_argument_group("settings").add_argument
    layout, star = one_of("layout", LAYOUTS), one_of("reading of *", STARS)
    add("--convention", metavar="NAME", help="ng, rows, pytorch, ufldl, or a .shapes file of your own")
    add("--layout", metavar="LAYOUT", type=layout, help=f"of gradients: {_or(LAYOUTS)}")
    add("--star", metavar="READING", type=star, help=f"what * stands for: {_or(STARS)}")
    add("--config", metavar="FILE", help="use this file, not the nearest one upwards")
    add("--isolated", action="store_true", help="use no configuration file")


def add_findings(parser: Parser) -> None:
    """Add which findings are reported, and what they do to the exit status."""
    add = parser.add_argument_group("findings").add_argument
    level = one_of("severity", _SEVERITIES)
    add("--select", metavar="CODES", action="append", type=selectors, help="report only these")
    add("--ignore", metavar="CODES", action="append", type=selectors, help="all but these")
    add(
        "--fail-on",
        metavar="LEVEL",
        type=level,
        help=f"what exits 1: {_or(_SEVERITIES)}",
    )
    add("--exit-zero", action="store_true", help="exit 0 whatever is found")
    add("--statistics", action="store_true", help="only count, by code")


def add_repairs(parser: Parser) -> None:
    """Add what becomes of the repairs."""
    add = parser.add_argument_group("repairs").add_argument
    add("--fix", action="store_true", help="write the safe repairs into the files")
    add("--unsafe-fixes", action="store_true", help="take the first repair of each finding, safe or not")
    add("--add-ignore", action="store_true", help="write comments that silence what is found")
    add("--diff", action="store_true", help="only show what would be changed")


def add_output(parser: Parser, formats: Sequence[str]) -> None:
    """Add how results are shown, in one of these formats."""
    add = parser.add_argument_group("output").add_argument
    output_format = one_of("output format", formats)
    add("--output-format", metavar="FORMAT", type=output_format, help=_or(formats))
    add("--output-file", metavar="FILE", help="write the results to this file")
    add_colour(add)
    add("-q", "--quiet", action="store_true", help="nothing but the results")
    add("-v", "--verbose", action="store_true", help="what was read, what was passed over, and why")


def add_colour(add: Callable[..., object]) -> None:
    """Add the option of colours to a group."""
    add("--color", metavar="WHEN", type=one_of("color", _COLOURS), help=_or(_COLOURS))


def add_speed(parser: Parser) -> None:
    """Add what makes a run faster and changes no result."""
    add = parser.add_argument_group("speed").add_argument
    add("-j", "--jobs", metavar="N", type=_number, help="check so many files side by side; 0: all processors")
    add("--no-cache", action="store_true", help="neither recall nor remember results")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Misuse(f"`{text}` is no number of processes")
    return int(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
