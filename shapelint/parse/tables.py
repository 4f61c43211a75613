"""The parser's tables: the generated module where it is fresh, else built by lark on the spot."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from shapelint.parse.grammars import grammar_key


class Table(NamedTuple):
    """One grammar, ready to run.

    `states[n][terminal or rule]` is a shift (next state + 1) or a reduction (-1 - rule); a rule is what it
    reduces to, its length, and the name of its reduction. `scan` iterates over the matches of a text, each with
    the blanks before it. `renamed` remembers where plain renamings lead (`driver.run`).
    """

    states: list[dict[str, int]]
    rules: list[tuple[str, int, str | None]]
    starts: dict[str, int]
    ends: dict[str, int]
    scan: Callable[..., Any]
    ignored: frozenset[str]
    renamed: dict[tuple[int, int, str], int]


@cache
def table(grammar: str) -> Table:
    """Return the table of a grammar."""
    data = _data(grammar)
    # A character that no terminal begins with is a token of its own, so that nothing is passed over.
    pattern = re.compile(rf"[ \t]*(?:{data['pattern']}|(?P<STRAY>[^\s]))")
    return Table(
        data["states"],
        data["rules"],
        data["starts"],
        data["ends"],
        pattern.finditer,
        frozenset(data["ignored"]),
        {},
    )


def _data(grammar: str) -> dict[str, Any]:
    """Return the generated table of a grammar if it is fresh, else one that lark builds."""
    try:
        generated = __import__(f"shapelint.parse.table_{grammar}", fromlist=("TABLE",))
    except ImportError:
        generated = None  # a checkout that was never built
    if generated is not None and grammar_key(grammar) == generated.KEY:
        table: dict[str, Any] = generated.TABLE
        return table
    from shapelint.parse.build import build_table  # lark costs as much as everything else together

    return build_table(grammar)
