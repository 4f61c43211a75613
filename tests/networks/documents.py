"""Documents: a setting in a notation, with a slip in one line or with a change that harms nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Protocol

from .catalogue import NETWORKS, Network
from .expression import Binary, Expression, Line, Name, Transpose, everywhere, names
from .labels import HARMLESS, OPEN, RIGHT, WRONG, possible, verdict
from .latex import Latex, drawn_latex
from .layouts import ADAM, BACKWARD, FORWARD, MOMENTUM, PLAIN, UPDATE, Setting, setting
from .notation import Style, Writer, drawn_style
from .octave import drawn_octave
from .programs import Program, drawn_program
from .slips import ALL, KEEPDIMS, STACKED, Slip

TEXT, LATEX, PROGRAM, OCTAVE = "text", "latex", "program", "octave"
NOTATIONS = (TEXT, LATEX, PROGRAM)
_CHANCES = {WRONG: 0.62, OPEN: 0.04, HARMLESS: 0.17, RIGHT: 0.17}


class Manner(Protocol):
    """A way of writing a document."""

    name: str
    notes: bool
    stated: bool
    unwritable: frozenset[str]

    def document(self, setting: Setting, lines: Sequence[Line], random: Random) -> tuple[str, list[int]]:
        """Return a text, and the row of each line."""

    def spellings(self, setting: Setting) -> dict[str, Expression]:
        """Return every way in which this document spells a name."""

    def right_side(self, written: str) -> str:
        """Return the right side of a line as it is written."""


@dataclass(frozen=True)
class Document:
    """A document: its text, the row (from 1) of each line, and what is wrong with it.

    `verdict` is WRONG, OPEN, HARMLESS (a slip that no shape shows) or RIGHT (no slip).
    """

    setting: Setting
    notation: str
    manner: "Manner"
    text: str
    rows: tuple[int, ...]
    lines: tuple[Line, ...]
    places: tuple[int, ...]
    verdict: str
    index: int = -1
    slip: Slip | None = None

    @property
    def row(self) -> int:
        """Return the row of the slip, 0 where there is none."""
        return self.rows[self.places.index(self.index)] if self.slip else 0

    @property
    def kind(self) -> str:
        """Return the part of the document that the slip is in."""
        return self.setting.kind(self.index)

    @property
    def written(self) -> str:
        """Return the slipped line as it is written."""
        return self.text.splitlines()[self.row - 1] if self.slip else ""


def drawn(random: Random, network: Network, notation: str, wanted: str | None = None) -> Document:
    """Draw a document of a network in a notation."""
    given = drawn_setting(random, network, notation)
    manner = _manner(random, given, notation)
    wanted = wanted or random.choices([*_CHANCES], [*_CHANCES.values()])[0]
    index, slip = -1, None
    if wanted != RIGHT:
        index, slip = _slip(random, given, manner, wanted)
    lines = [
        Line(line.target, slip.value if slip and place == index else _other_spelling(random, line.value))
        for place, line in enumerate(given.lines)
    ]
    order = _reordered(random, given, lines)
    lines = [lines[place] for place in order]
    text, rows = manner.document(given, lines, random)
    found = wanted if slip or wanted == RIGHT else RIGHT
    return Document(
        given, notation, manner, text, tuple(rows), tuple(lines), tuple(order), found, index, slip
    )


def drawn_setting(random: Random, network: Network, notation: str) -> Setting:
    """Draw a layout and an optimizer."""
    layout = random.choice(network.layouts)
    optimizer = random.choice((PLAIN, PLAIN, PLAIN, MOMENTUM, ADAM))
    flat = notation in (TEXT, PROGRAM) and random.random() < 0.3
    return setting(network, layout, flat, optimizer)


def _manner(random: Random, given: Setting, notation: str) -> "Manner":
    draw = {TEXT: drawn_text, LATEX: drawn_latex, PROGRAM: drawn_program, OCTAVE: drawn_octave}[notation]
    return draw(random, given)


def _slip(random: Random, given: Setting, manner: "Manner", wanted: str) -> tuple[int, Slip | None]:
    """Draw a line, a kind of slip and a slip of it with the wanted verdict; no slip where there is none."""
    slips = [(index, slip) for index, slip in possible(given) if slip.kind not in manner.unwritable]
    groups: dict[tuple[str, str], list[tuple[int, Slip]]] = {}
    for index, slip in slips:
        groups.setdefault((given.kind(index), slip.kind), []).append((index, slip))
    weights = {FORWARD: 0.2, BACKWARD: 1.0, UPDATE: 0.3}
    for _ in range(40):
        group = random.choices([*groups], [weights[kind] for kind, _ in groups])[0]
        index, slip = random.choice(groups[group])
        if verdict(given, index, slip.value, manner.notes, manner.stated) == wanted:
            return index, slip
    return -1, None


def _other_spelling(random: Random, value: Expression) -> Expression:
    """Return the same value, now and then with Bᵀ Aᵀ for (A B)ᵀ or the other way round."""
    if random.random() < 0.9:
        return value

    def turned(tree: Expression) -> Expression:
        match tree:
            case Binary("@", Transpose(a), Transpose(b)):
                return Transpose(Binary("@", b, a))
            case Binary("@", Name() as a, Transpose(Name() as b)):
                return Transpose(Binary("@", b, Transpose(a)))
            case Binary("@", Transpose(Name() as a), Name() as b):
                return Transpose(Binary("@", Transpose(b), a))
        return tree

    return everywhere(value, turned)


def _reordered(random: Random, given: Setting, lines: Sequence[Line]) -> list[int]:
    """Return the places of the lines, now and then with two gradients exchanged that do not need each other."""
    order = list(range(len(lines)))
    if random.random() < 0.7:
        return order
    for _ in range(6):
        place = random.randrange(len(lines) - 1)
        first, second = given.lines[order[place]], given.lines[order[place + 1]]
        free = first.target not in names(second.value) and second.target not in names(first.value)
        if (
            free
            and first.target != second.target
            and BACKWARD == given.kind(order[place]) == given.kind(order[place + 1])
        ):
            order[place], order[place + 1] = order[place + 1], order[place]
    return order


@dataclass(frozen=True)
class Text:
    """Formulas line by line."""

    style: Style
    name: str = "notes.txt"
    stated: bool = False

    @property
    def notes(self) -> bool:
        """Return whether factors stand side by side."""
        return self.style.notes

    @property
    def unwritable(self) -> frozenset[str]:
        """Return slips that this style leaves open: `sum` without NumPy's prefix may be over the examples."""
        return frozenset({ALL, KEEPDIMS, STACKED} if not self.style.numpy else ())

    def document(self, setting: Setting, lines: Sequence[Line], random: Random) -> tuple[str, list[int]]:
        """Return the text and the row of each line."""
        writer = Writer(setting, self.style)
        rows: list[int] = []
        text: list[str] = []
        headings = random.choice(
            ((), ("# forward", "# gradients", "# update"), ("Forward pass:", "Backward pass:", "Update:"))
        )
        costly = not setting.network.upstream and random.random() < 0.3
        for place, line in enumerate(lines):
            part = setting.kind(place)
            if place == 0 or part != setting.kind(place - 1):
                text += [""] * (place > 0)
                text += headings[(FORWARD, BACKWARD, UPDATE).index(part) :][:1]
            elif random.random() < 0.03:
                text.append(random.choice(("", "# now the next one", "epochs = 100")))
            text.append(writer.line(line) + ("  # as derived above" if random.random() < 0.02 else ""))
            rows.append(len(text))
            if costly and part == FORWARD != setting.kind(place + 1):
                text.append(writer.line(setting.cost))
        return "\n".join(text) + "\n", rows

    def spellings(self, setting: Setting) -> dict[str, Expression]:
        """Return every way in which this document spells a name."""
        writer = Writer(setting, self.style)
        return {writer.name(id): Name(id) for id in known_names(setting)}

    def right_side(self, written: str) -> str:
        """Return the right side of a line as it is written."""
        return written.split("#", maxsplit=1)[0].split("=", 1)[1]


@cache
def known_names(setting: Setting) -> frozenset[str]:
    """Return every name that a document of this setting may use."""
    found = {name for line in setting.lines for name in (line.target, *names(line.value))}
    return frozenset(found | setting.leaves.keys() | set(setting.sizes))


def drawn_text(random: Random, given: Setting) -> Text:
    """Draw a style and a file name."""
    return Text(drawn_style(random, given), random.choice(("notes.txt", "notes.formulas.txt")))


def every_network(named: str = "") -> Mapping[str, Network]:
    """Return the networks whose name contains a word, by name."""
    return {network.name: network for network in NETWORKS if named.lower() in network.name.lower()}


__all__ = [
    "LATEX",
    "NOTATIONS",
    "OCTAVE",
    "PROGRAM",
    "TEXT",
    "Document",
    "Latex",
    "Program",
    "drawn",
    "every_network",
]
