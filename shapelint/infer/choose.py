"""Which convention and which layout a document is written in, on the evidence of its formulas.

The default is `ng`, and a formula alone is judged by it. Another convention is taken if at least two formulas
with different targets fit it and not `ng`, and none fits `ng` and not it; or if a stated shape leaves fewer
faults that way. A forward formula outweighs gradients; ties go to `ng` (`conventions.md`, "Choosing").
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from shapelint.conventions import DEFAULT, RENUMBERED
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.parse.notation import PYTHON
from shapelint.spelling import spelled
from shapelint.symbol import UNDECLARED
from shapelint.tree import Name, Node, Sum, walk

_LEAST_EVIDENCE = 2
_MORE = 3  # times as many formulas, before those that speak against are taken for faults


class Layout(NamedTuple):
    """A convention by name, and whether gradients are laid out as Jacobians.

    `flipped` are the data that lie the other way round, as they came: `W1 @ X.T` in columns.
    """

    convention: str
    numerator: bool
    flipped: frozenset[str] = frozenset()


_USUAL = Layout(DEFAULT, False)


class Sheet(NamedTuple):
    """A section under one convention and its verdicts."""

    section: Section
    judged: list[Judged]


# Makes and judges a part of a document, by its number, under a convention.
Build: TypeAlias = Callable[[int, Layout], Sheet]


class Chosen(NamedTuple):
    """A section under the convention that was taken, its verdicts, and the evidence in words for `-v`.

    In a document that was solved `votes` are the forward lines that say how it is laid out, by where they begin, and
    `off` the groups of names, each by one of them, of which the convention's shapes were not taken.
    """

    section: Section
    judged: list[Judged]
    layout: Layout
    why: str
    default: list[Judged]
    votes: tuple[int, ...] = ()
    off: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """What speaks for another convention: the targets that fit it and not the default, and those of the reverse."""

    targets: frozenset[str]
    forward: bool
    against: frozenset[str]
    against_forward: bool


def choose(
    build: Build,
    places: Sequence[int],
    layouts: Sequence[Layout],
    faults: Callable[[Section, list[Judged]], int],
) -> list[Chosen]:
    """Judge the parts of a document under the first of `layouts`, or under another on evidence.

    `build` makes the section of a part under a convention, `faults` counts what is wrong with its verdicts and
    claims. The evidence is that of the whole document; a part that has enough of its own is taken by itself.
    """
    taken = _choose([build(place, layouts[0]) for place in places], build, places, layouts, faults)
    if len(places) > 1:
        for number, one in enumerate(taken):
            if faults(one.section, one.judged):
                others = [one.layout, *(layout for layout in layouts if layout != one.layout)]
                here = [build(places[number], one.layout)]
                (by_itself,) = _choose(here, build, places[number : number + 1], others, faults)
                taken[number] = by_itself if by_itself.layout != one.layout else one
    return [_beside_usual(one, build, place) for one, place in zip(taken, places, strict=True)]


def _choose(
    first: Sequence[Sheet],
    build: Build,
    places: Sequence[int],
    layouts: Sequence[Layout],
    faults: Callable[[Section, list[Judged]], int],
) -> list[Chosen]:
    usual = [Chosen(one.section, one.judged, layouts[0], "", one.judged) for one in first]
    wrong = sum(faults(*one) for one in first)
    if not wrong:
        return usual
    judged = [verdict for one in first for verdict in one.judged]
    claims = any(one.section.claims or _states(one.judged) for one in first)
    stated = claims or any(one.section.said.declared for one in first)
    wrong_ones = [one for one in judged if one.verdict is not None and one.verdict.problems]
    failing = {_target(one) for one in wrong_ones}
    if not failing and not stated:
        return usual
    few = len(failing) < _LEAST_EVIDENCE and not stated
    best: list[Chosen] | None = None
    fewest = wrong
    for layout in layouts[1:]:
        renumbered = layout.convention in RENUMBERED and any(map(_is_forward, wrong_ones))
        if (few and not renumbered) or (layout.flipped and not _speak_of(first, layout.flipped)):
            continue
        other = [build(place, layout) for place in places]
        count = sum(faults(*one) for one in other)
        said = claims or any(_declared_so(b.section, a.section) for a, b in zip(first, other, strict=True))
        why = _why(
            judged,
            [verdict for one in other for verdict in one.judged],
            stated and count < wrong and said,
        )
        if not why and renumbered and _steps(first, other):
            why = "a forward step fits it and not the default"
        if why and count < fewest:
            pairs = zip(first, other, strict=True)
            best = [Chosen(b.section, b.judged, layout, why, a.judged) for a, b in pairs]
            fewest = count
    return best or usual


def _speak_of(sheets: Sequence[Sheet], data: frozenset[str]) -> bool:
    """Say whether enough of what is wrong speaks of the data that may lie the other way round."""
    texts = (
        sheet.section.text[one.statement.start : one.statement.end]
        for sheet in sheets
        for one in sheet.judged
        if one.verdict is not None and one.verdict.problems
    )
    name = re.compile(rf"\b[{''.join(sorted(data))}](?![a-z])")
    return sum(name.search(text) is not None for text in texts) >= _LEAST_EVIDENCE


def _steps(first: Sequence[Sheet], other: Sequence[Sheet]) -> bool:
    """Say whether a whole step forward, with weight and bias, fits other numbers of them, and none fits these."""
    found = False
    for one, two in zip(first, other, strict=True):
        for here, there in zip(one.judged, two.judged, strict=True):
            if not _is_forward(here) or not _adds_bias(two.section, there):
                continue
            if _fits(here, there):
                return False
            # a product that is read the other way to make it fit is no evidence
            found = found or (_fits(there, here) and there.verdict is not None and not there.verdict.choices)
    return found


def _adds_bias(section: Section, judged: Judged) -> bool:
    """Say whether a bias is added to a product with a weight."""
    formula = section.read(judged.statement).formula
    sums = [node for node in walk(formula.parts) if isinstance(node, Sum)] if formula is not None else ()
    return any("b" in _bases(one.terms, False) and "W" in _bases(one.terms, True) for one in sums)


def _bases(nodes: Sequence[Node], deep: bool) -> set[str]:
    return {node.symbol.base for node in (walk(nodes) if deep else nodes) if isinstance(node, Name)}


def _states(judged: Sequence[Judged]) -> bool:
    """Say whether a formula states shapes of its parts."""
    return any(one.read is not None and one.read.stated for one in judged)


def _beside_usual(chosen: Chosen, build: Build, place: int) -> Chosen:
    """Judge the section under the usual convention too, where another was asked for: a formula may fit that."""
    if chosen.judged is not chosen.default or chosen.layout.convention == DEFAULT:
        return chosen
    return chosen._replace(default=build(place, _USUAL).judged)


def _declared_so(other: Section, default: Section) -> bool:
    """Say whether a declared shape is that of the other convention and not the default's."""
    return any(other.agrees(one) and not default.agrees(one) for one in other.said.declared)


def _why(default: list[Judged], other: list[Judged], speaks: bool) -> str:
    """Return on what evidence another convention is taken, "" if there is not enough."""
    found = _evidence(default, other)
    outweighed = not found.against or (found.forward and not found.against_forward)
    if (
        default[0].statement.notation.grammar == PYTHON
    ):  # a program ran once: its one fault may fit the default
        outweighed = outweighed or (found.forward and len(found.targets) >= _MORE * len(found.against))
    fitting = sum(_fits(two, one) for one, two in zip(default, other, strict=True))
    if fitting < sum(1 for one in other if one.verdict is not None and one.verdict.problems):
        return ""  # most of it would be wrong there too
    if len(found.targets) >= _LEAST_EVIDENCE and outweighed:
        return f"{len(found.targets)} formulas fit it and not the default"
    if speaks and not found.against:
        return "a stated shape fits it"
    return ""


def _evidence(default: list[Judged], other: list[Judged]) -> Evidence:
    targets: set[str] = set()
    against: set[str] = set()
    forward = against_forward = False
    for one, two in zip(default, other, strict=True):
        fits_default, fits_other = _fits(one, two), _fits(two, one)
        if fits_other and not fits_default:
            targets.add(_target(one))
            forward = forward or _is_forward(one)
        elif fits_default and not fits_other:
            against.add(_target(one))
            against_forward = against_forward or _is_forward(one)
    return Evidence(frozenset(targets), forward, frozenset(against), against_forward)


def _fits(judged: Judged, beside: Judged) -> bool:
    """Every size is known and agrees; a convention that lacks names the other one has fits nothing."""
    if judged.verdict is None or (judged.flags & UNDECLARED and not beside.flags & UNDECLARED):
        return False
    return not judged.verdict.problems and judged.verdict.told


def _target(judged: Judged) -> str:
    parts = spelled(judged.statement.head)
    return f"{parts.word}{parts.layer or ''}"


def _is_forward(judged: Judged) -> bool:
    return spelled(judged.statement.head).word.rstrip("0123456789") in ("Z", "z", "A", "a")
