"""Complete programs with one token changed, labelled by running them: what a shape can show, and what not."""

import re
import warnings
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from random import Random
from typing import Any, NamedTuple

import numpy as np

from .catalogue import Network
from .documents import PROGRAM, Document, drawn
from .labels import HARMLESS, OPEN, RIGHT, WRONG
from .slips import ADDED, ALL, AXIS, DROPPED, KEEPDIMS, MULTIPLIED, NEIGHBOUR, STARRED, SWAPPED, Slip

MUTANT = "mutant"
FILLED, SCALAR = "other size in a fill", "another number"
_ASSIGNMENT = re.compile(r"( *)([\w.]+(?:\[\"\w+\"\])?) = (.+)")
_FILL = re.compile(r"np\.(?:zeros|random\.randn)\(")
_OPERAND = r"(?:[A-Za-z_][\w.]*(?:\[\"\w+\"\])?)"
_CHANGES: tuple[tuple[str, str, str], ...] = (
    (DROPPED, r"\.T\b", ""),
    (ADDED, rf"(?<![\w.\"\[]){_OPERAND}(?<!\.T)(?<!\.dot)(?![\w.(=\[\"])", r"\g<0>.T"),
    (STARRED, r" @ ", " * "),
    (STARRED, r"np\.dot\(", "np.multiply("),
    (MULTIPLIED, r"(?<!\d\)) \* ", " @ "),
    (MULTIPLIED, r"np\.multiply\(", "np.dot("),
    (SWAPPED, rf"np\.dot\(({_OPERAND}), ({_OPERAND})\)", r"np.dot(\2, \1)"),
    (SWAPPED, rf"({_OPERAND}) @ ({_OPERAND})", r"\2 @ \1"),
    (SWAPPED, rf"({_OPERAND})\.dot\(({_OPERAND})\)", r"\2.dot(\1)"),
    (AXIS, r"axis=0", "axis=1"),
    (AXIS, r"axis=1", "axis=0"),
    (KEEPDIMS, r", keepdims=True", ""),
    (ALL, r", axis=[01](?:, keepdims=True)?", ""),
    (SCALAR, r"0\.9\b", "0.5"),
    (SCALAR, r"\(1/m\)", "(2/m)"),
    (SCALAR, r" - ", " + "),
    *((NEIGHBOUR, rf"(?<=[A-Za-z]){one}\b", other) for one in "123" for other in "123" if one != other),
    (NEIGHBOUR, r"\bX\b", "A1"),
    (NEIGHBOUR, r"\bA1\b", "X"),
)
_HARMLESS = (SCALAR, AXIS, DROPPED, ADDED, NEIGHBOUR, ALL, KEEPDIMS)
_FILLS = ((FILLED, r"\((\w+), (\w+)\)", r"(\2, \1)"),)


@dataclass(frozen=True)
class Mutant(Document):
    """A program with a changed row; `faulty` are the rows that NumPy refuses or whose shape is not the object's."""

    changed: int = 0
    faulty: tuple[int, ...] = ()

    @property
    def row(self) -> int:
        """Return the row that was changed."""
        return self.changed

    @property
    def kind(self) -> str:
        """Return what kind of row was changed."""
        return (
            self.setting.kind(self.places[self.rows.index(self.changed)])
            if self.changed in self.rows
            else "fill"
        )

    @property
    def expected(self) -> frozenset[int]:
        """Return where the fault may be told: where it is, or where the run first meets it."""
        return frozenset({self.changed, *self.faulty[:1]})


def drawn_mutant(random: Random, network: Network, wanted: str | None = None) -> Mutant:
    """Draw a program and a change of it that can be labelled; a program without a change where there is none."""
    wanted = wanted or random.choices((WRONG, HARMLESS, RIGHT), (0.65, 0.3, 0.05))[0]
    program = drawn(random, network, PROGRAM, RIGHT)
    original = ran(program.text, program, {})
    if wanted != RIGHT:
        kinds, lines = _kinds(program), program.text.splitlines(keepends=True)
        for _ in range(8):
            likely = [kind for kind in _HARMLESS if kind in kinds] if wanted == HARMLESS else []
            row, kind, line = random.choice(kinds[random.choice(likely or sorted(kinds))])
            text = "".join([*lines[: row - 1], line + "\n", *lines[row:]])
            found = ran(text, program, original.values)
            verdict = OPEN if found.broken else WRONG if found.faulty else OPEN if found.other else HARMLESS
            if verdict == wanted:
                return _mutant(program, text, verdict, kind, row, found.faulty)
    return _mutant(program, program.text, RIGHT, "", 0, [])


def _mutant(program: Document, text: str, verdict: str, kind: str, row: int, faulty: list[int]) -> Mutant:
    slip = Slip(kind, program.lines[0].value) if kind else None
    given = (program.setting, MUTANT, program.manner, text, program.rows, program.lines, program.places)
    return Mutant(*given, verdict, -1, slip, row, tuple(faulty))


class Change(NamedTuple):
    """A row of a program, the kind of the slip in it, and how the row reads then."""

    row: int
    kind: str
    line: str


def _kinds(program: Document) -> dict[str, list[Change]]:
    """Return the changes of one token of a program, by their kind."""
    kinds: dict[str, list[Change]] = {}
    for row, line in enumerate(program.text.splitlines(), 1):
        table = _CHANGES if row in program.rows else _FILLS if _FILL.search(line) else ()
        start = line.find(" = ") + 3
        for kind, pattern, new in table:
            for match in re.compile(pattern).finditer(line, start):
                changed = line[: match.start()] + match.expand(new) + line[match.end() :]
                if changed != line:
                    kinds.setdefault(kind, []).append(Change(row, kind, changed))
    return kinds


@dataclass
class Ran:
    """What a run did: rows that NumPy refused or whose value has not its object's shape, and other shapes."""

    values: dict[int, Any] = field(default_factory=dict)
    faulty: list[int] = field(default_factory=list)
    other: list[int] = field(default_factory=list)
    broken: bool = False


def ran(text: str, program: Document, values: Mapping[int, Any]) -> Ran:
    """Run a program; where a row fails it goes on with the value that the right program has there."""
    found = Ran()
    ruled = {
        row
        for row, line in zip(program.rows, program.lines, strict=True)
        if program.setting.object(line.target)
    }
    names = {"_seen": _seen(found, ruled, values), "_failed": _failed(found, values)}
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            exec(_watched(text), names)
    except Exception:  # a name that is not there, or no Python: nothing about shapes
        found.broken = True
    return found


def _seen(found: Ran, ruled: set[int], values: Mapping[int, Any]) -> Callable[[int, Any], Any]:
    def seen(row: int, value: Any) -> Any:
        found.values[row] = value
        if row in values and np.shape(value) != np.shape(values[row]):
            (found.faulty if row in ruled else found.other).append(row)
            return values[row] if row in ruled else value
        return value

    return seen


def _failed(found: Ran, values: Mapping[int, Any]) -> Callable[[int], Any]:
    def failed(row: int) -> Any:
        found.faulty.append(row)
        return values[row]

    return failed


def _watched(text: str) -> str:
    """Return a program in which every assignment to one target goes on where it fails, and shows its value."""
    lines = []
    for row, line in enumerate(text.splitlines(), 1):
        if found := _ASSIGNMENT.fullmatch(line):
            indent, target, value = found.groups()
            lines.append(f"{indent}try: {target} = _seen({row}, {value})")
            lines.append(f"{indent}except ValueError: {target} = _failed({row})")
        else:
            lines.append(line)
    return "\n".join(lines)
