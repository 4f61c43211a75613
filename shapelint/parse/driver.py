"""The LALR machine: tokens and a table in, a tree out. Linear, without recursion."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from shapelint.parse.tables import Table

# kind, start, end, value: a node for a name or a number, else the token's text
Token: TypeAlias = tuple[str, int, int, Any]
Reductions: TypeAlias = Mapping[str, Callable[..., Any]]


class UnreadError(Exception):
    """A text that the grammar does not read: the place, what stands there, what could stand there."""

    def __init__(self, start: int, end: int, found: str, expected: Sequence[str]) -> None:
        """Keep the kinds of tokens: the words for them are found by `explain`."""
        super().__init__(found)
        self.start = start
        self.end = end
        self.found = found
        self.expected = tuple(expected)


def run(table: Table, start: str, tokens: Sequence[Token], end: int, reductions: Reductions) -> Any:
    """Read tokens by a table, from its start rule, and return what the reductions built. Raises UnreadError."""
    states, rules, renamed = table.states, table.rules, table.renamed
    stack = [table.starts[start]]
    final = table.ends[start]
    values: list[Any] = []
    for kind, first, last, value in (*tokens, ("$END", end, end, None)):
        while True:
            action = states[stack[-1]].get(kind)
            if action is None:
                raise UnreadError(first, last, kind, sorted(states[stack[-1]]))
            if action > 0:
                stack.append(action - 1)
                values.append(value)
                break
            rule, length, name = rules[-1 - action]
            if name is None:
                stack[-1] = renamed.get((stack[-2], stack[-1], kind)) or _rename(table, stack, kind)
            else:
                arguments = values[-length:]
                del values[-length:]
                del stack[-length:]
                values.append(reductions[name](*arguments))
                stack.append(states[stack[-1]][rule] - 1)
            if stack[-1] == final and kind == "$END":
                return values[-1]
    raise AssertionError("the end of the text always ends the loop")


def _rename(table: Table, stack: list[int], kind: str) -> int:
    """Return where a chain of plain renamings leads (a name is a factor is a term …), and remember it."""
    before, top = stack[-2], stack[-1]
    state = top
    while (action := table.states[state].get(kind, 0)) < 0 and table.rules[-1 - action][2] is None:
        state = table.states[before][table.rules[-1 - action][0]] - 1
    table.renamed[before, top, kind] = state
    return state
