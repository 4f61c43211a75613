"""`shapelint completion`: what completes the program's words in a shell, written from its own options."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import NamedTuple

from shapelint import render
from shapelint.catalogue import TOPICS
from shapelint.cli.derive import COSTS, NOTATIONS
from shapelint.cli.derive import FORMATS as DERIVED_FORMATS
from shapelint.cli.derive import LAYOUTS as DERIVED_LAYOUTS
from shapelint.cli.outlet import outlet, write
from shapelint.cli.parser import Parser, add_about
from shapelint.codes import CODES
from shapelint.config.choices import LAYOUTS, STARS
from shapelint.conventions import CONVENTIONS
from shapelint.misuse import Misuse, unknown

SHELLS = ("bash", "zsh", "fish")
_COMMANDS = {
    "check": "lint files and folders",
    "shapes": "the shapes of every formula, right or wrong",
    "derive": "where a gradient comes from, step by step",
    "explain": "what a finding means",
    "lsp": "the language server for editors",
    "completion": "what completes these words in a shell",
}
_DERIVED = {"--layout": DERIVED_LAYOUTS, "--output-format": DERIVED_FORMATS}
_CODES = ("all", *CODES)
# What may follow an option, by what `--help` calls it there; FILE and PATH stand for files, others for anything.
_VALUES = {
    "CODES": _CODES,
    "LAYOUT": LAYOUTS,
    "READING": STARS,
    "LEVEL": ("error", "warning"),
    "WHEN": ("auto", "always", "never"),
    "SHELL": SHELLS,
    "CODE": (*CODES, *TOPICS),
    "NOTATION": NOTATIONS,
    "COST": COSTS,
}
_FILES = ("FILE", "PATH", "TARGET")


class Option(NamedTuple):
    """An option or operand: its names (none for an operand), what it does, and what may follow it."""

    names: tuple[str, ...]
    about: str
    takes: str
    values: tuple[str, ...]

    @property
    def files(self) -> bool:
        """Say whether files may follow; a convention can be one."""
        return self.takes in _FILES or self.takes == "NAME"


def run(arguments: Sequence[str]) -> int:
    """Print the script for a shell."""
    values = parser().read(arguments, Namespace())
    if values.shell not in SHELLS:
        raise (
            Misuse("which shell? bash, zsh or fish")
            if values.shell is None
            else unknown("shell", values.shell, SHELLS)
        )
    options = {command: _options(command) for command in _COMMANDS}
    with outlet(None) as stream:
        write((f"{line}\n" for line in _SCRIPTS[values.shell](options)), stream)
    return 0


def parser() -> Parser:
    """Return the parser of this command."""
    made = Parser(
        "shapelint completion SHELL",
        "What completes the words of shapelint: bash, zsh or fish.",
        'bash: eval "$(shapelint completion bash)" in ~/.bashrc\n'
        'zsh:  eval "$(shapelint completion zsh)" in ~/.zshrc, behind compinit\n'
        "fish: shapelint completion fish > ~/.config/fish/completions/shapelint.fish",
    )
    made.add_argument_group("what to write").add_argument(
        "shell", metavar="SHELL", nargs="?", help="the shell"
    )
    add_about(made)
    return made


def _options(command: str) -> list[Option]:
    if command == "lsp":
        return [Option(("--stdio",), "speak on standard input and output", "", ())]
    made: Parser = import_module(f"shapelint.cli.{command}").parser()
    return [
        Option(
            tuple(action.option_strings),
            str(action.help),
            "" if action.nargs == 0 else str(action.metavar),
            _values(command, action.option_strings, str(action.metavar)),
        )
        for action in made._actions  # argparse has no public list of them
    ]


def _values(command: str, names: Sequence[str], takes: str) -> tuple[str, ...]:
    if command == "derive" and names and names[0] in _DERIVED:
        return _DERIVED[names[0]]
    if takes == "FORMAT":
        return tuple(render.SHAPES if command == "shapes" else render.REPORTS)
    return CONVENTIONS if "--convention" in names else _VALUES.get(takes, ())


def _bash(commands: dict[str, list[Option]]) -> Iterator[str]:
    names = "|".join(commands)
    yield "_shapelint() {"
    yield '    local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command=check first='
    yield f'    case "${{COMP_WORDS[1]}}" in {names}) command="${{COMP_WORDS[1]}}" ;; esac'
    yield f'    [ "$COMP_CWORD" -eq 1 ] && command=check first="{" ".join(commands)}"'
    yield '    case "$command $before" in'
    for command, options in commands.items():
        for option in (one for one in options if one.names and one.takes):
            pattern = "|".join(f'"{command} {name}"' for name in option.names)
            files = "-f " if option.files else ""
            words = f'-W "{" ".join(option.values)}" ' if option.values else ""
            reply = (
                f'COMPREPLY=($(compgen {files}{words}-- "$current"))' if files or words else "COMPREPLY=()"
            )
            yield f"        {pattern}) {reply}; return ;;"
    yield "    esac"
    yield '    case "$command $current" in'
    for command, options in commands.items():
        words = " ".join(name for one in options for name in one.names)
        yield f'        "{command} "-*) COMPREPLY=($(compgen -W "{words}" -- "$current")) ;;'
    for command, options in commands.items():
        operand = next((one for one in options if not one.names), None)
        files = "-f " if operand is not None and operand.files else ""
        words = " ".join(operand.values) if operand is not None else ""
        yield f'        "{command} "*) COMPREPLY=($(compgen {files}-W "{words} $first" -- "$current")) ;;'
    yield "    esac"
    yield "}"
    yield "complete -o filenames -F _shapelint shapelint"


def _zsh(commands: dict[str, list[Option]]) -> Iterator[str]:
    yield "#compdef shapelint"
    yield "_shapelint() {"
    yield "    local command=check"
    yield "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then"
    described = " ".join(_quoted(f"{command}:{about}") for command, about in _COMMANDS.items())
    yield f"        local -a commands=({described})"
    yield "        _describe command commands"
    yield "        _files"
    yield "        return"
    yield "    fi"
    yield f"    if [[ $words[2] == ({'|'.join(commands)}) ]]; then"
    yield "        command=$words[2]"
    yield "        shift words"
    yield "        (( CURRENT-- ))"
    yield "    fi"
    yield "    case $command in"
    for command, options in commands.items():
        specified = " ".join(_quoted(spec) for option in options for spec in _specs(option))
        yield f"        {command}) _arguments -s {specified} ;;"
    yield "    esac"
    yield "}"
    yield "compdef _shapelint shapelint"


def _specs(option: Option) -> Iterator[str]:
    """Yield an option as zsh's `_arguments` takes it, once for each name."""
    action = f"({' '.join(option.values)})" if option.values else "_files"
    follows = f":{option.takes}:{action}" if option.takes and (option.files or option.values) else ""
    follows = follows or (f":{option.takes}: " if option.takes else "")
    if not option.names:
        yield f"*{follows}"
    about = option.about.replace("[", "(").replace("]", ")").replace(":", " -")
    for name in option.names:
        yield f"*{name}[{about}]{follows}"


def _fish(commands: dict[str, list[Option]]) -> Iterator[str]:
    others = " ".join(command for command in commands if command != "check")
    for command, about in _COMMANDS.items():
        yield f"complete -c shapelint -n __fish_use_subcommand -a {command} -d {_quoted(about)}"
    for command, options in commands.items():
        there = f"__fish_seen_subcommand_from {command}"
        where = _quoted(f"not __fish_seen_subcommand_from {others}" if command == "check" else there)
        for option in options:
            names = " ".join(
                f"-l {name[2:]}" if name[:2] == "--" else f"-s {name[1:]}" for name in option.names
            )
            takes = (" -r" if option.files else " -x") if option.takes and option.names else ""
            words = f" -a {_quoted(' '.join(option.values))}" if option.values else ""
            if option.names or words:
                yield f"complete -c shapelint -n {where} {names}{takes}{words} -d {_quoted(option.about)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


_SCRIPTS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
