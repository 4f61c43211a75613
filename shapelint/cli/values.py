"""What the arguments of `check` and `shapes` say: their values, with the defaults."""

from collections.abc import Sequence

# The options that most hooks and people give: each sets a value to true.
_SWITCHES = {
    "--force-exclude": "force_exclude",
    "--fix": "fix",
    "--no-cache": "no_cache",
    "-q": "quiet",
    "--quiet": "quiet",
    "-v": "verbose",
    "--verbose": "verbose",
}


class Values:
    """The options of one run; a new one holds the defaults."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.paths: Sequence[str] = ()  # no list: argparse would take it for its own default
        self.formulas: list[str] = []
        self.stdin_filename: str | None = None
        self.exclude: list[tuple[str, ...]] = []
        self.force_exclude = False
        self.show_files = False
        self.convention: str | None = None
        self.layout: str | None = None
        self.star: str | None = None
        self.config: str | None = None
        self.isolated = False
        self.select: list[tuple[str, ...]] | None = None
        self.ignore: list[tuple[str, ...]] = []
        self.fail_on = "warning"
        self.exit_zero = False
        self.statistics = False
        self.fix = False
        self.unsafe_fixes = False
        self.add_ignore = False
        self.diff = False
        self.output_format = "full"
        self.output_file: str | None = None
        self.color = "auto"
        self.quiet = False
        self.verbose = False
        self.jobs: int | None = None
        self.no_cache = False


def plain(arguments: Sequence[str]) -> Values | None:
    """Read arguments that are paths and switches; None where it takes the parser, which costs as much as Python."""
    words, paths = behind(arguments)
    values = Values()
    front: list[str] = []
    for word in words:
        if word in _SWITCHES:
            setattr(values, _SWITCHES[word], True)
        elif word[:1] == "-" and word != "-":
            return None
        else:
            front.append(word)
    values.paths = front + paths
    return values


def behind(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the arguments before `--`, and those behind it, which are paths whatever they begin with."""
    words = list(arguments)
    cut = words.index("--") if "--" in words else len(words)
    return words[:cut], words[cut + 1 :]
