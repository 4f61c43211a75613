"""Which world a document is in, and which of its lines are wrong in it: the explanation that costs least.

A first pass judges a document by the names of Ng's courses. Where all fits, and no name is the document's own, that is
the answer. Elsewhere the document is solved: forward lines and statements say what names are, and an explanation is
chosen, a world for each section and the forward lines that are taken for wrong, by what has to be told under it.
"""

from collections.abc import Sequence

from shapelint.conventions.worlds import NG, nearest
from shapelint.infer.choose import Chosen, Layout, Sheet
from shapelint.infer.judged import Judged
from shapelint.infer.parts import Parts
from shapelint.infer.solution import Solution
from shapelint.judge.case import Case
from shapelint.judge.course import declared_otherwise, means_the_course, names_explain
from shapelint.judge.explanation import Explainer
from shapelint.judge.hints import is_spelled_as_gradient
from shapelint.judge.lines import Line, Pair, is_identity, is_short_cut
from shapelint.judge.search import best_explanation
from shapelint.problems import UnequalShapes

_MOST_AGAINST = 4  # formulas of a section that do not fit, before its world is doubted


def decide(
    parts: Parts, places: Sequence[int], priors: Sequence[Sheet], layout: Layout, star: str
) -> list[Chosen]:
    """Judge the parts of a document that stand under the same settings, in the world that explains them best."""
    case = Case(parts, places, priors, layout, star)
    best = best_explanation(Explainer(case))
    for sheet in (*best.sheets, *case.priors):
        sheet.section.trusts_names = case.of_the_course or not case.network.traits
    named = means_the_course(case, best) or names_explain(case, best)
    if named and not case.in_numbers and not declared_otherwise(case, best):
        return [
            Chosen(one.section, _heeded(case, number, one.judged), case.layout, "", one.judged)
            for number, one in enumerate(case.priors)
        ]
    rows = zip(best.solutions, best.sheets, case.priors, strict=True)
    return [
        Chosen(
            sheet.section,
            _trusted(case, number, solution, sheet),
            Layout(nearest(solution.world), best.hypothesis.numerator),
            "",
            prior.judged,
            _votes(case, solution),
            tuple(sorted(best.hypothesis.off)),
        )
        for number, (solution, sheet, prior) in enumerate(rows)
    ]


def _trusted(case: Case, number: int, solution: Solution, sheet: Sheet) -> list[Judged]:
    """Return the verdicts of a section, silent where its world explains next to nothing, and of short cuts."""
    forward = () if case.code else tuple(case.network.scopes[number].forward())
    cuts = {line.number for line in forward if is_short_cut(line)}
    same = {line.number for line in forward if is_identity(line)}
    judged = [
        _silent(one) if place in same or (place in cuts and _only_unequal(one)) else one
        for place, one in enumerate(_heeded(case, number, sheet.judged))
    ]
    sheet = Sheet(sheet.section, judged)
    if case.code or solution.world == NG or any(scope == number for scope, _ in case.network.traits):
        return sheet.judged
    told = [one for one in sheet.judged if one.verdict is not None and one.verdict.problems]
    fits = [
        one
        for one in sheet.judged
        if one.verdict is not None and one.verdict.told and not one.verdict.problems
    ]
    if len(told) < _MOST_AGAINST or len(told) <= len(fits):
        return sheet.judged
    return [_silent(one) if one in told else one for one in sheet.judged]


def _heeded(case: Case, number: int, judged: list[Judged]) -> list[Judged]:
    """Return the verdicts of a section, silent on steps for one example that others take for all."""
    if case.code or not any(one.verdict is not None and one.verdict.problems for one in judged):
        return judged
    ones = {line.number for line in case.network.scopes[number].lines if _is_of_one_example(case, line)}
    return [_silent(one) if place in ones else one for place, one in enumerate(judged)]


def _is_of_one_example(case: Case, line: Line) -> bool:
    """Say whether another line works the same out for all examples, so that this one's data are a column."""
    if case.parts.plain or not _is_step(line):
        return False  # a file of formulas may list right ones and slips
    sides = (side.symbol for pair in line.pairs for side in (pair.left, pair.right))
    sections = [scope.section for scope in case.network.scopes]
    if not all(one is None or any(section.stated(one) for section in sections) for one in sides):
        return False  # the document does not say for how many examples its data are
    others = (one for scope in case.network.scopes for one in scope.lines if one is not line)
    return any(_is_step(one) and _are_one_and_all(line, one) for one in others)


def _are_one_and_all(line: Line, other: Line) -> bool:
    """Say whether two lines multiply the same names for one example and for all: `W^T x` beside `x W`.

    One side of each product stands transposed in one of them only, so that the other lies otherwise there.
    """
    named = [pair for pair in line.pairs if pair.left.symbol is not None and pair.right.symbol is not None]
    return bool(named) and all(any(_is_other_way(pair, one) for one in other.pairs) for pair in named)


def _is_other_way(pair: Pair, other: Pair) -> bool:
    sides = (pair.left.symbol, pair.right.symbol, other.right.symbol, other.left.symbol)
    left, right, one, two = (side.key if side is not None else "" for side in sides)
    turned = [
        pair.left.transposed != other.right.transposed,
        pair.right.transposed != other.left.transposed,
    ]
    return left != right and (left, right) == (one, two) and sum(turned) == 1


def _is_step(line: Line) -> bool:
    """Say whether a line works out what is no gradient."""
    return line.target is not None and not line.target.gradient and not is_spelled_as_gradient(line.target)


def _only_unequal(one: Judged) -> bool:
    return one.verdict is not None and all(isinstance(it, UnequalShapes) for it in one.verdict.problems)


def _votes(case: Case, solution: Solution) -> tuple[int, ...]:
    """Return where the forward lines begin that vote for the world of a section, in it or elsewhere."""
    sections = [scope.section for scope in case.network.scopes]
    places = (place for place, world in case.network.traits.items() if world == solution.world)
    return tuple(sorted(sections[scope].statements[line].start for scope, line in places))


def _silent(one: Judged) -> Judged:
    """Return what was judged without a word about what does not fit."""
    if one.verdict is None or not one.verdict.problems:
        return one
    return one._replace(verdict=one.verdict._replace(problems=(), told=False))
