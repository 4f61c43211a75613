"""Grammar in, parser's table out: lark reads the grammar, here and nowhere else.

Run when the package is built, and by a checkout whose table is missing or older than its grammar.
"""

from collections.abc import Iterator
from typing import Any

from lark import Lark, Token
from lark.parsers.lalr_analysis import Shift

from shapelint.parse.grammars import STARTS, grammar_folder

# Raw terminals that no rule mentions: the reader decides what they are (`shapelint.parse.tokens`).
RAW = (
    "WORD", "CALLED", "NORMOPEN", "NUM",
    "COMMAND", "BREAK", "LETTERS", "DOTTED", "SUP", "SUB", "PRIME", "AMP", "TIE",
)  # fmt: skip


class _KeepRaw:
    """Tells lark to keep the raw terminals in its lexer."""

    always_accept = RAW

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on: only the table is wanted."""
        return stream


def read_grammar(name: str, postlex: Any = None) -> Lark:
    """Let lark read one grammar of `grammar/`; `postlex` may decide about the tokens."""
    return Lark.open(
        f"{grammar_folder()}/{name}.lark",
        parser="lalr",
        lexer="basic",
        start=STARTS[name],
        postlex=postlex or _KeepRaw(),
        maybe_placeholders=False,
    )


def build_table(name: str) -> dict[str, Any]:
    """Return the table of a grammar, as plain data."""
    return _table(read_grammar(name))


def module_text(name: str, key: int) -> str:
    """Return the source of the generated module of a grammar; `key` is the checksum of its files."""
    lines = ['"""Generated from `grammar/` by `shapelint.parse.build`: not to be edited."""', f"KEY = {key}"]
    return "\n".join([*lines, f"TABLE = {build_table(name)!r}"]) + "\n"


def _table(lark: Lark) -> dict[str, Any]:
    """Return states, rules, starts, ends and the pattern of one grammar.

    An action is a number: a shift is the next state plus one, a reduction minus the rule's number less one.
    A rule is (what it reduces to, how many symbols, the reduction's name or None for a plain renaming).
    """
    parse_table = lark.parser.parser._parse_table  # lark offers no public way to its table
    rules: dict[Any, int] = {}
    states = {
        int(state): {
            str(symbol): int(argument) + 1 if action is Shift else -1 - rules.setdefault(argument, len(rules))
            for symbol, (action, argument) in actions.items()
        }
        for state, actions in parse_table.states.items()
    }
    return {
        "states": [states[number] for number in range(len(states))],
        "rules": [
            (str(rule.origin.name), len(rule.expansion), rule.alias and reduction(str(rule.alias)))
            for rule in rules
        ],
        "starts": {name: int(state) for name, state in parse_table.start_states.items()},
        "ends": {name: int(state) for name, state in parse_table.end_states.items()},
        "pattern": "|".join(
            f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in _sorted(lark)
        ),
        "ignored": [str(name) for name in lark.ignore_tokens],
    }


def reduction(alias: str) -> str:
    """Return a rule's name as `reductions` has it: lark puts the grammar that it is imported from in front."""
    return alias.rpartition("__")[2]


def _sorted(lark: Lark) -> list[Any]:
    """Return the terminals in the order in which lark's own lexer tries them."""
    return sorted(
        lark.terminals,
        key=lambda one: (-one.priority, -one.pattern.max_width, -len(one.pattern.value), one.name),
    )
