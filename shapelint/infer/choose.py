"""Which convention and which layout a document is written in, on the evidence of its formulas.

The default is `ng`, and a formula alone is judged by it. Another convention is taken if at least two formulas
with different targets fit it and not `ng`, and none fits `ng` and not it; or if a stated shape leaves fewer
faults that way. A forward formula outweighs gradients; ties go to `ng` (`conventions.md`, "Choosing").
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shapelint.conventions import DEFAULT
from shapelint.infer.section import Judged, Section
from shapelint.spelling import spelled
from shapelint.symbol import UNDECLARED

_LEAST_EVIDENCE = 2


class Layout(NamedTuple):
    """A convention by name, and whether gradients are laid out as Jacobians."""

    convention: str
    numerator: bool


_USUAL = Layout(DEFAULT, False)


class Chosen(NamedTuple):
    """A section under the convention that was taken, its verdicts, and the evidence in words for `-v`."""

    section: Section
    judged: list[Judged]
    layout: Layout
    why: str
    default: list[Judged]


class Evidence(NamedTuple):
    """What speaks for another convention: the targets that fit it and not the default, and the reverse."""

    targets: frozenset[str]
    forward: bool
    against: bool
    against_forward: bool


def choose(
    build: Callable[[Layout], Section],
    layouts: Sequence[Layout],
    faults: Callable[[Section, list[Judged]], int],
) -> Chosen:
    """Judge a section under the first of `layouts`, or under another on evidence.

    `build` makes the section under a convention, `faults` counts what is wrong with its verdicts and claims.
    """
    default = layouts[0]
    section = build(default)
    judged = section.judge()
    first = Chosen(section, judged, default, "", judged)
    wrong = faults(section, judged)
    if not wrong:
        return first
    stated = bool(section.said.declared) or section.claims
    failing = {_target(one) for one in judged if one.verdict is not None and one.verdict.problems}
    if len(failing) < _LEAST_EVIDENCE and not stated:
        return _beside_usual(first, build)
    best: Chosen | None = None
    fewest = wrong
    for layout in layouts[1:]:
        other = build(layout)
        verdicts = other.judge()
        count = faults(other, verdicts)
        speaks = stated and count < wrong and (section.claims or _declared_so(other, section))
        why = _why(judged, verdicts, speaks)
        if why and count < fewest:
            best, fewest = Chosen(other, verdicts, layout, why, judged), count
    return _beside_usual(best or first, build)


def _beside_usual(chosen: Chosen, build: Callable[[Layout], Section]) -> Chosen:
    """Judge the section under the usual convention too, where another was asked for: a formula may fit that."""
    if chosen.judged is not chosen.default or chosen.layout.convention == DEFAULT:
        return chosen
    return chosen._replace(default=build(_USUAL).judge())


def _declared_so(other: Section, default: Section) -> bool:
    """Say whether a declared shape is that of the other convention and not the default's."""
    return any(other.agrees(one) and not default.agrees(one) for one in other.said.declared)


def _why(default: list[Judged], other: list[Judged], speaks: bool) -> str:
    """Return on what evidence another convention is taken, "" if there is not enough."""
    found = _evidence(default, other)
    outweighed = not found.against or (found.forward and not found.against_forward)
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
    forward = against = against_forward = False
    for one, two in zip(default, other, strict=True):
        fits_default, fits_other = _fits(one, two), _fits(two, one)
        if fits_other and not fits_default:
            targets.add(_target(one))
            forward = forward or _is_forward(one)
        elif fits_default and not fits_other:
            against = True
            against_forward = against_forward or _is_forward(one)
    return Evidence(frozenset(targets), forward, against, against_forward)


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
