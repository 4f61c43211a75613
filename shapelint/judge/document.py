"""The contents of a document in, its sections judged out: each with what was said, and the verdicts.

Where nobody chose a convention, a document is judged by what it states and defines (`decide`); else by the convention
that was chosen, or the one that its formulas fit best (`infer.choose`).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from shapelint.conventions import CONVENTIONS, DEFAULT
from shapelint.declared import Convention, Declared
from shapelint.documents.claims import Claim, claimed
from shapelint.documents.contents import NO_PARENT, Contents, Scope
from shapelint.documents.statements import Statement
from shapelint.infer.choose import Chosen, Layout, Sheet, choose
from shapelint.infer.claimed import contradicts
from shapelint.infer.document import Document, Stretch
from shapelint.infer.facts import Said
from shapelint.infer.judged import Judged
from shapelint.infer.networks import is_network
from shapelint.infer.numbers import numbers_decide
from shapelint.infer.parts import Part, Parts, Settings
from shapelint.infer.said import what_is_said
from shapelint.infer.section import Section
from shapelint.judge.assuming import assumptions, in_rows, under
from shapelint.operators import DOT
from shapelint.patterns import lazy
from shapelint.source import Span
from shapelint.symbol import UNDECLARED

if TYPE_CHECKING:
    from shapelint.infer.recall.memory import Memory

# Data as they came, while everything else is laid out the other way round: programs transpose them where they use them.
_DATA = (frozenset("Xx"), frozenset("Yy"), frozenset("XxYy"))
_FLIPPABLE = frozenset(("ng", "rows"))
_LEAST_STARS = 2  # formulas that need `*` as the matrix product, before it is taken for one


def read_document(
    contents: Contents, settings: Settings, configured: Said, memory: "Memory | None" = None
) -> Document:
    """Judge the formulas of a document, section by section; a memory recalls what did not change."""
    own: list[Said] = []
    parts: list[Part] = []
    last_of_scope: list[int] = []
    for scope in contents.scopes:
        part_of_parent = NO_PARENT if scope.parent == NO_PARENT else last_of_scope[scope.parent]
        around = configured if part_of_parent == NO_PARENT else parts[part_of_parent].said
        if scope.code and part_of_parent != NO_PARENT:
            around = around._replace(declared=tuple(filter(_is_general, around.declared)))
        said, formulas = what_is_said(contents.text, scope.statements, around)
        own.append(_own(said, around))
        cut = _stretches(formulas, contents, settings)
        parts += [_part(contents, scope, some, said, held, part_of_parent) for some, held in cut if some]
        if not any(some for some, _ in cut):  # what it says holds for the sections in it all the same
            parts.append(_part(contents, scope, [], said, settings, part_of_parent))
        last_of_scope.append(len(parts) - 1)
    return Document(tuple(own), tuple(_judged(Parts(contents, parts, memory), contents, parts)))


def _is_general(declared: Declared) -> bool:
    """Say whether a shape is in letters: the numbers of one call say nothing of another function."""
    shapes = (shape for shape in declared.shapes if isinstance(shape, tuple))
    return not any(isinstance(size, int) and size > 1 for shape in shapes for size in shape)


def _own(said: Said, around: Said) -> Said:
    return said._replace(declared=said.declared[len(around.declared) :])


def _stretches(
    formulas: Sequence[Statement], contents: Contents, settings: Settings
) -> list[tuple[list[Statement], Settings]]:
    """Cut the formulas where a setting begins to hold."""
    parts: list[tuple[list[Statement], Settings]] = []
    place = 0
    for setting in (*contents.directives.settings, None):
        stop = setting.start if setting is not None else None
        here = [one for one in formulas if one.start >= place and (stop is None or one.start < stop)]
        parts.append((here, settings))
        if setting is not None:
            place = setting.start
            settings = _with(settings, dict(setting.values))
    return parts


def _with(settings: Settings, values: dict[str, str]) -> Settings:
    if "convention" in values:
        own = settings.own_convention
        named = values["convention"]
        settings = settings._replace(
            convention=named, own_convention=own if own and own.name == named else None
        )
    return settings._replace(
        layout=values.get("layout", settings.layout), star=values.get("star", settings.star)
    )


def _part(
    contents: Contents, scope: Scope, formulas: list[Statement], said: Said, settings: Settings, parent: int
) -> Part:
    """Put together what judging a section takes: its formulas without their claims."""
    claims: dict[int, Claim] = {}
    cut: list[Statement] = []
    for one in formulas:
        found = claimed(contents.text, one)
        if found is not None:
            claims[one.start] = found
            one = one._replace(end=found.end)  # noqa: PLW2901 - the same statement without its claim
        cut.append(one)
    star = (
        ("either" if _has_matrices(contents.original) else "")
        if scope.code
        else settings.star or ("either" if _is_octave(contents.habits) else "")
    )
    return Part(
        tuple(cut),
        said,
        scope.habits,
        parent,
        settings,
        star,
        claims,
        scope.code,
        scope.aliases,
        scope.family,
    )


def _judged(sheets: Parts, contents: Contents, parts: Sequence[Part]) -> Iterator[Stretch]:
    """Judge the parts, those under the same settings together: a document is written in one convention."""
    chosen: dict[int, Stretch] = {}
    groups: dict[tuple[str | bool | None, ...], list[int]] = {}
    for place, part in enumerate(parts):
        if part.statements:
            groups.setdefault(
                (part.settings.convention, part.settings.layout, part.star, part.code), []
            ).append(place)
    for places in groups.values():
        settings, star = parts[places[0]].settings, parts[places[0]].star
        layouts = _layouts(settings)
        if parts[places[0]].code:
            layouts += [
                one._replace(flipped=data)
                for data in _DATA
                for one in layouts
                if one.convention in _FLIPPABLE
            ]
        found = _decided(sheets, places, settings, star) or choose(
            sheets.under(star), places, layouts, faults
        )
        starred = bool(star) and not settings.star
        if not star and not parts[places[0]].code and _may_star(contents.habits, found):
            either = choose(sheets.under("either"), places, layouts, faults)
            if _stars(either, contents.numpy) >= _LEAST_STARS:
                found, starred = either, True
        for place, one in zip(places, found, strict=True):
            chosen[place] = Stretch(one, starred)
    ones = assumptions(contents)
    return (
        one._replace(chosen=in_rows(contents, under(ones, one.chosen))) for _, one in sorted(chosen.items())
    )


def _decided(parts: Parts, places: Sequence[int], settings: Settings, star: str) -> list[Chosen] | None:
    """Judge parts by what they state and define, where nobody chose a convention; None where somebody did."""
    if settings.convention or settings.own_convention is not None:
        return None
    usual = Layout(DEFAULT, settings.layout == "numerator")
    build = parts.under(star)
    priors = [build(place, usual) for place in places]
    if _is_settled(priors):
        return [Chosen(one.section, one.judged, usual, "", one.judged) for one in priors]
    from shapelint.judge.decide import decide  # where all fits, nothing is solved

    return decide(parts, places, priors, usual, star)


def _is_settled(sheets: Sequence[Sheet]) -> bool:
    """Say whether the names of the course explain a document as it stands: all fits, and every name is known."""
    for section, judged in sheets:
        for one in judged:
            if one.verdict is None:
                continue
            if one.verdict.problems or one.flags & UNDECLARED or not one.verdict.told:
                return False
        if any(contradicts(section, one) for one in judged):
            return False
        if section.said.declared and not all(section.agrees(one) for one in section.said.declared):
            return False
        if numbers_decide(section, judged):
            return False
    return True


def faults(section: Section, judged: Sequence[Judged]) -> int:
    """Count what is wrong with the verdicts of a section and what its formulas claim; in a program, of networks."""
    if section.code and not is_network(section, judged):
        return 0
    wrong = sum(1 for one in judged if one.verdict is not None and one.verdict.problems)
    return wrong + sum(contradicts(section, one) for one in judged)


def _may_star(habits: str, chosen: Sequence[Chosen]) -> bool:
    """Say whether `*` may be the sign for all matrix products: something is wrong, and no other sign is one."""
    verdicts = [judged.verdict for one in chosen for judged in one.judged if judged.verdict is not None]
    wrong = any(verdict.problems for verdict in verdicts)
    return wrong and "*" in habits and not any(verdict.matrix for verdict in verdicts)


def _stars(chosen: Sequence[Chosen], numpy: Sequence[Span]) -> int:
    """Count the formulas that fit only with `*` as the matrix product; lines of NumPy are wrong then."""
    return sum(
        judged.verdict is not None
        and DOT in judged.verdict.choices.values()
        and not any(start <= judged.statement.start < end for start, end in numpy)
        for one in chosen
        for judged in one.judged
    )


def _layouts(settings: Settings) -> list[Layout]:
    """Return the conventions to try, the default first; a choice ends the search."""
    names = [settings.convention] if settings.convention else list(CONVENTIONS)
    if settings.own_convention is not None:
        names = [settings.own_convention.name]
    if settings.layout is not None:
        return [Layout(name, settings.layout == "numerator") for name in names]
    return [Layout(name, False) for name in names] + [
        Layout(names[0] if settings.convention else DEFAULT, True)
    ]


# Of these `*` is the matrix product.
_MATRIX = lazy(r"\bmatrix\(|\bmat\(|asmatrix")


@lru_cache(maxsize=4)
def _has_matrices(text: str) -> bool:
    """Say whether a program has matrices of NumPy: asked once for each document."""
    return _MATRIX.search(text) is not None


_OCTAVE = lazy(r"\.[*/^](?![*/\d])|\(:,|:\)|'\s*\*\s*[\w(]")


def _is_octave(text: str) -> bool:
    """In Octave `*` is the matrix product and `.*` is elementwise: who writes the one means the other."""
    return _OCTAVE.search(text) is not None


def own_convention(name: str | None, text: str | None) -> Convention | None:
    """Return a convention of one's own, already read, where there is one."""
    if text is None:
        return None
    from shapelint.conventions.read import read_convention  # the shipped ones are read already

    return read_convention(name or "own", text)
