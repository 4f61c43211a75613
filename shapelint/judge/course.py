"""When the names of the course hold as they stand, though a document could be explained otherwise."""

from collections import Counter

from shapelint.conventions.worlds import NG
from shapelint.infer.claimed import contradicts
from shapelint.infer.judged import Judged
from shapelint.judge.case import Case, Place
from shapelint.judge.explanation import TOLD, TOLD_FORWARD, Explanation
from shapelint.judge.labels import has_labels
from shapelint.judge.lines import FORWARD, Line, differences, has_known_names
from shapelint.judge.scopes import Scope
from shapelint.judge.short_cuts import is_of_open_depth, is_short_cut
from shapelint.operators import STAR
from shapelint.symbol import LAYERLESS, UNDECLARED


def means_the_course(case: Case, best: Explanation) -> bool:
    """Say whether a file of formulas has only names of the course, in its layout: they mean what they say."""
    fits = Counter(_fits_names(case, place) for place in case.network.traits)
    if not case.parts.plain or (fits and fits[False] >= fits[True]):
        return False
    if not fits and any(world != NG for world in best.hypothesis.worlds):
        return False
    if best.hypothesis.own_deltas or best.hypothesis.numerator or any(one.denied for one in best.solutions):
        return False
    scopes = case.network.scopes
    if any(is_short_cut(line) for scope in scopes for line in scope.forward()):
        return False
    if _gives_back_the_input(case):
        return False
    return not any(
        one.flags & UNDECLARED
        for scope, sheet in zip(scopes, case.priors, strict=True)
        for line in scope.lines
        for one in sheet.judged[line.number : line.number + 1]
    )


def names_explain(case: Case, best: Explanation) -> bool:
    """Say whether the names of the course, all of them known, leave no more to tell than the best explanation."""
    if _means_otherwise(case):
        return False
    scopes = case.network.scopes
    told = 0.0
    lone = _lone_step(case)
    untold = 0
    of_the_course = case.of_the_course and not case.code
    for scope, (section, judged) in zip(scopes, case.priors, strict=True):
        for number, one in enumerate(judged):
            line = scope.line(number)
            if one.verdict is None or line is None:
                continue
            if one.aside and not case.parts.plain:
                continue
            if one.flags & (LAYERLESS | UNDECLARED) and not (case.parts.plain or section.speaks_of_layers):
                continue  # a section about something else
            if not (one.verdict.told or one.verdict.problems):
                if (scope.number, number) in case.network.traits:
                    return False  # a forward line says what its names do not
                if _is_told(scope, line, best.sheets[scope.number].judged[number]):
                    return False
                untold += 1
            if (untold if not of_the_course else untold > 1) or (
                one.flags & UNDECLARED and not of_the_course
            ):
                return False
            if one.verdict.problems and scope.kind(line) == FORWARD and is_short_cut(line):
                return False  # a short cut makes the layers at its ends as wide as each other
            if one.verdict.problems and (scope.number, number) != lone:
                told += TOLD_FORWARD if scope.kind(line) == FORWARD else TOLD
            told += TOLD * contradicts(section, one)
    return told <= best.cost if case.of_the_course else told < best.cost


def _is_told(scope: Scope, line: Line, one: Judged) -> bool:
    """Say whether a line is wrong, or right by the shape of what it is the gradient of."""
    if one.verdict is None or scope.kind(line) == FORWARD:
        return False
    of_another = line.target is not None and line.target.key in scope.objects
    return bool(one.verdict.problems) or (of_another and one.verdict.told)


def _means_otherwise(case: Case) -> bool:
    """Say whether what a document does and states outranks the names of the course."""
    stated = any(scope.section.said.declared or scope.fills for scope in case.network.scopes)
    if case.code and (case.network.traits or stated):
        return True  # a program ran: what its forward pass does, and what it says, outranks every name
    votes = case.votes
    in_another_layout = votes.total() > 1 and 2 * votes[NG] < votes.total() and _has_own_weights(case)
    return (
        in_another_layout
        or _has_own_steps(case)
        or (_gives_back_the_input(case) and not any(map(has_labels, case.network.scopes)))
        or any(_states_other_names(case, scope.number) for scope in case.network.scopes)
    )


def _gives_back_the_input(case: Case) -> bool:
    """Say whether the output is held against the input, `A2 - X`: it is as wide then."""
    return any(
        "X" in {one.base for one in pair}
        for scope in case.network.scopes
        for line in scope.lines
        for pair in differences(line)
    )


def _has_own_steps(case: Case) -> bool:
    """Say whether a document goes forward in names of its own where nothing speaks of layers.

    In one of the course all its steps, more than one, have to be such, and no name a layer's.
    """
    traits = case.network.traits
    own = [(bool(case.priors[scope].judged[line].flags & UNDECLARED), scope) for scope, line in traits]
    if not case.of_the_course:
        return any(one and not case.priors[scope].section.speaks_of_layers for one, scope in own)
    return len(own) > 1 and all(one for one, _ in own) and not any(map(_numbers_layers, case.network.scopes))


def _numbers_layers(scope: Scope) -> bool:
    """Say whether a known name of a section has a layer that is written."""
    return any(one.has_layer and not one.flags & UNDECLARED for one in scope.symbols.values())


def _states_other_names(case: Case, number: int) -> bool:
    """Say whether a section states shapes of names that are not the course's, which outrank what names suggest."""
    section, judged = case.priors[number]
    declared = section.said.declared
    if case.parts.plain or not declared:
        return False
    if any(section.facts.usual.find(one.word, one.layer) is None and one.word[:1] != "d" for one in declared):
        return True
    about_others = not section.speaks_of_layers
    return about_others and any(
        one.verdict is not None and one.flags & (LAYERLESS | UNDECLARED) for one in judged
    )


def _fits_names(case: Case, place: Place) -> bool:
    """Say whether a forward line fits as its names say."""
    verdict = case.priors[place[0]].judged[place[1]].verdict
    return verdict is not None and not verdict.problems


def declared_otherwise(case: Case, best: Explanation) -> bool:
    """Say whether the names blame a product of what the document declares, and the best explanation does not.

    Every shape that is said outranks the names.
    """
    return any(
        (scope.number, number) not in best.told
        and one.verdict is not None
        and bool(one.verdict.problems)
        and (line := scope.line(number)) is not None
        and _is_declared(scope, line)
        for scope, (_, judged) in zip(case.network.scopes, case.priors, strict=True)
        for number, one in enumerate(judged)
    )


def _lone_step(case: Case) -> Place | None:
    """Return the one forward step of a document of the course: alone, it is held to Ng's layout."""
    steps = [
        (scope.number, line.number)
        for scope in case.network.scopes
        for line in scope.forward()
        if any(pair.sign is not STAR for pair in line.pairs)
        and has_known_names(line)
        and not is_of_open_depth(line)
    ]
    return steps[0] if len(steps) == 1 and case.of_the_course else None


def _is_declared(scope: Scope, line: Line) -> bool:
    """Say whether the document declares all factors of a line's products."""
    factors = [side for pair in line.pairs if pair.sign is not STAR for side in (pair.left, pair.right)]
    return bool(factors) and all(
        one.symbol is not None and scope.section.stated(one.symbol) for one in factors
    )


def _has_own_weights(case: Case) -> bool:
    """Say whether forward lines multiply by names of the document's own."""
    return any(
        side.symbol is not None and side.symbol.flags & UNDECLARED
        for scope, number in case.network.traits
        if (line := case.network.scopes[scope].line(number)) is not None
        for pair in line.pairs
        for side in (pair.left, pair.right)
    )
