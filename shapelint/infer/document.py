"""A normalised text in, its sections out: each with its statements, what was said, and the verdicts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shapelint.conventions import CONVENTIONS, DEFAULT, convention, read_convention
from shapelint.declared import Convention, Declared
from shapelint.documents.claims import Claim, claim
from shapelint.documents.directives import Directives
from shapelint.documents.statements import FORMULA, Statement, statements
from shapelint.infer.choose import Chosen, Layout, choose
from shapelint.infer.facts import Said
from shapelint.infer.section import Judged, Section
from shapelint.operators import DOT
from shapelint.parse.declarations import Equation, read_declaration, read_equation
from shapelint.sizes import same

_LEAST_STARS = 2  # formulas that need `*` as the matrix product, before it is taken for one


class Settings(NamedTuple):
    """How formulas are understood: None and "" where nobody chose."""

    convention: str | None
    own_convention: Convention | None
    layout: str | None
    star: str


class Stretch(NamedTuple):
    """The formulas between two settings, judged; `claims` by the place of their statement.

    `starred` is true where `*` was found to be this document's sign for the matrix product.
    """

    chosen: Chosen
    claims: dict[int, Claim]
    starred: bool


class Document(NamedTuple):
    """Everything that was worked out about a text."""

    said: Said
    stretches: tuple[Stretch, ...]


def read_document(text: str, directives: Directives, settings: Settings, configured: Said) -> Document:
    """Find the statements of a text, and judge its formulas stretch by stretch."""
    found = list(statements(text, 0, len(text)))
    said, formulas = _said(text, found, configured)
    stretches = []
    for part, holding in _stretches(formulas, directives, settings):
        if part:
            stretches.append(_judge(text, part, said, holding))
    return Document(said, tuple(stretches))


def read_said(text: str, start: int = 0, end: int | None = None) -> Said:
    """Read declarations and sizes alone, as a configuration gives them."""
    return _said(text, list(statements(text, start, len(text) if end is None else end)), Said((), (), {}))[0]


def _said(text: str, found: Sequence[Statement], configured: Said) -> tuple[Said, list[Statement]]:
    """Tell what a document says from its formulas."""
    declared: list[Declared] = list(configured.declared)
    equations: list[Equation] = list(configured.equations)
    spellings = dict(configured.spellings)
    formulas: list[Statement] = []
    for one in found:
        if one.kind != FORMULA and (reading := read_declaration(text, one.start, one.end)) is not None:
            declared += reading.declared
            spellings.update(reading.spellings)
    for one in found:
        if one.kind != FORMULA:
            continue
        if _may_be_size(one.head, spellings):
            reading = read_equation(text, one.start, one.end)
            if reading is not None and reading.equation is not None:
                equations.append(reading.equation)
                spellings.update(reading.spellings)
                continue
        formulas.append(one)
    return Said(tuple(declared), tuple(equations), spellings), formulas


def _may_be_size(head: str, spellings: dict[str, str]) -> bool:
    """A statement is about sizes when its target is m, L, an n with an index, or a name from a declared shape."""
    if head in ("m", "L") or (head[0] == "n" and len(head) > 1 and not head[1:].isalpha()):
        return True
    return head in spellings.values()


def _stretches(
    formulas: Sequence[Statement], directives: Directives, settings: Settings
) -> list[tuple[list[Statement], Settings]]:
    """Cut the formulas where a setting begins to hold."""
    parts: list[tuple[list[Statement], Settings]] = []
    place = 0
    for setting in (*directives.settings, None):
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


def _judge(text: str, formulas: list[Statement], said: Said, settings: Settings) -> Stretch:
    claims: dict[int, Claim] = {}
    cut: list[Statement] = []
    for one in formulas:
        claimed = claim(text, one.value, one.end)
        if claimed is not None:
            claims[one.start] = claimed
            one = one._replace(end=claimed.end)  # noqa: PLW2901 - the same statement without its claim
        cut.append(one)
    star = settings.star or ("either" if _is_octave(text) else "")

    def build(layout: Layout, star: str = star) -> Section:
        own = settings.own_convention
        used = own if own is not None and own.name == layout.convention else convention(layout.convention)
        return Section(text, cut, said, used, layout.numerator, star, bool(claims))

    def faults(section: Section, judged: list[Judged]) -> int:
        wrong = sum(1 for one in judged if one.verdict is not None and one.verdict.problems)
        return wrong + sum(1 for one in judged if contradicts(section, one, claims.get(one.statement.start)))

    layouts = _layouts(settings)
    chosen = choose(build, layouts, faults)
    if not star and _may_star(text, chosen):
        starred = choose(lambda layout: build(layout, "either"), layouts, faults)
        if _stars(starred) >= _LEAST_STARS:
            return Stretch(starred, claims, True)
    return Stretch(chosen, claims, bool(star) and not settings.star)


def _may_star(text: str, chosen: Chosen) -> bool:
    """Say whether `*` may be the sign for all matrix products: something is wrong, and no other sign is one."""
    verdicts = [one.verdict for one in chosen.judged if one.verdict is not None]
    wrong = any(verdict.problems for verdict in verdicts)
    return wrong and "*" in text and not any(verdict.matrix for verdict in verdicts)


def _stars(chosen: Chosen) -> int:
    """Count the formulas that fit only with `*` as the matrix product."""
    return sum(1 for one in chosen.judged if one.verdict is not None and DOT in one.verdict.choices.values())


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


def contradicts(section: Section, judged: Judged, claimed: Claim | None) -> bool:
    """Say whether a claim states another shape than the formula's target has."""
    verdict = judged.verdict
    if claimed is None or verdict is None or verdict.problems or verdict.target is None:
        return False
    environment = section.environment(verdict.reading)
    stated = environment.stated(claimed.shape)
    if len(stated) != len(verdict.target):
        return not (all(size == 1 for size in stated) and all(size == 1 for size in verdict.target))
    outputs = environment.stated(("n[L]",))[0]
    for said, size in zip(stated, verdict.target, strict=True):
        if section.own(said) or (said == 1 and size == outputs):
            continue
        if same(said, size) is False:
            return True
    return False


_OCTAVE = re.compile(r"\.[*/^](?![*/\d])|\(:,|:\)|'\s*\*\s*[\w(]")


def _is_octave(text: str) -> bool:
    """In Octave `*` is the matrix product and `.*` is elementwise: who writes the one means the other."""
    return _OCTAVE.search(text) is not None


def own_convention(name: str | None, text: str | None) -> Convention | None:
    """Return a convention of one's own, already read, where there is one."""
    return read_convention(name or "own", text) if text is not None else None
