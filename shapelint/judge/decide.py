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
from shapelint.judge.one_example import in_another_layout, silenced, without_single_steps
from shapelint.judge.search import best_explanation
from shapelint.judge.short_cuts import is_identity, is_short_cut
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
            Chosen(one.section, without_single_steps(case, number, one.judged), case.layout, "", one.judged)
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
        silenced(one) if place in same or (place in cuts and _only_unequal(one)) else one
        for place, one in enumerate(without_single_steps(case, number, sheet.judged))
    ]
    sheet = Sheet(sheet.section, judged)
    sheet = Sheet(sheet.section, in_another_layout(case, number, sheet))
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
    return [silenced(one) if one in told else one for one in sheet.judged]


def _only_unequal(one: Judged) -> bool:
    return one.verdict is not None and all(isinstance(it, UnequalShapes) for it in one.verdict.problems)


def _votes(case: Case, solution: Solution) -> tuple[int, ...]:
    """Return where the forward lines begin that vote for the world of a section, in it or elsewhere."""
    sections = [scope.section for scope in case.network.scopes]
    places = (place for place, world in case.network.traits.items() if world == solution.world)
    return tuple(sorted(sections[scope].statements[line].start for scope, line in places))
