"""For every part of a plan the cheapest variants for each shape that it can be given, bottom up.

The variants of the children are combined; there are few distinct shapes, so this stays small. A part whose
shape is unknown has no variants: no repair goes through an unknown size.
"""

from typing import NamedTuple, TypeAlias

from shapelint.repair.axes import axes
from shapelint.repair.brackets import rebracketed
from shapelint.repair.costs import AXIS, BRACKETS, DROP, SUM, SUMMED, SWAP, TRANSPOSE, UNTRANSPOSE, Edit
from shapelint.repair.expressions import (
    ATOM,
    Around,
    Atom,
    Expression,
    Transposed,
    transpose,
)
from shapelint.repair.hand import Hand
from shapelint.repair.joining import Agree, equal, is_product, join, possible_kinds, together
from shapelint.repair.kinds import ELEMENTWISE, MATRIX
from shapelint.repair.plan import Bracket, Flipped, Joined, Leaf, Plan, Scaled, Summed, Wrapped, wrapped
from shapelint.repair.work import Work
from shapelint.shapes import Shape
from shapelint.source import Span

KEPT = 4  # variants of one shape: the best, and those that are offered beside it


class Variant(NamedTuple):
    """An expression that a part can become: what it costs, the edits, the places they touch."""

    cost: float
    edits: tuple[Edit, ...]
    touched: tuple[Span, ...]
    expression: Expression


Variants: TypeAlias = dict[Shape, list[Variant]]


BEHIND = 0.005  # a transpose goes behind a call rather than into it: `np.log(A).T`


def _is_call(plan: Plan) -> bool:
    """Say whether a part is a function of one argument, behind which a transpose can stand."""
    return isinstance(plan, Wrapped) and plan.level == ATOM and not plan.through


class Search:
    """Works out variants up to a budget; each part once, whatever brackets it is tried in."""

    def __init__(
        self,
        budget: float,
        hand: Hand,
        work: Work,
        kept: int = KEPT,
        keeps_axes: bool = True,
        agree: Agree = equal,
    ) -> None:
        """Begin with nothing worked out; `kept` is how many variants of one shape are remembered.

        A sum along an axis `keeps_axes` with size 1, unless the target has only one. Sizes that `agree` fit. Every
        step is taken from `work`, which raises `Spent` where it ends.
        """
        self._agree = agree
        self.keeps_axes = keeps_axes
        self.budget = budget
        self.hand = hand
        self._work = work
        self._kept = kept
        self._seen: dict[int, Variants] = {}
        self._plans: list[Plan] = []  # keeps parts alive, so that their ids stay theirs

    def variants(self, plan: Plan, rebracket: bool = True) -> Variants:
        """Return the variants of a part; with `rebracket` its brackets may stand elsewhere."""
        found = self._seen.get(id(plan))
        if found is None:
            self._plans.append(plan)
            found = self._seen[id(plan)] = self._turned(plan, self._work_out(plan, rebracket))
        return found

    def _work_out(self, plan: Plan, rebracket: bool) -> Variants:
        match plan:
            case Leaf():
                return self._leaf(plan)
            case Joined():
                return self._joined(plan, rebracket)
            case Scaled():
                return self._around(plan, plan.child, rebracket)
            case Flipped():
                children = self.variants(plan.child)
                return {
                    shape[::-1]: [one._replace(expression=Transposed(one.expression)) for one in ones]
                    for shape, ones in children.items()
                }
            case Bracket() | Wrapped():
                return self._around(plan, plan.child, rebracket)
            case Summed():
                return self._summed(plan)

    def _leaf(self, leaf: Leaf) -> Variants:
        found: Variants = {}
        if leaf.shape is not None:
            self._add(found, leaf.shape, Variant(0.0, (), (), leaf.text))
        for one in leaf.near:
            self._add(found, one.shape, Variant(one.edit.cost, (one.edit,), (leaf.span,), one.expression))
        return found

    def _turned(self, plan: Plan, found: Variants) -> Variants:
        """Add the transpose of every variant."""
        for shape, ones in list(found.items()):
            if len(shape) != 2:
                continue
            for one in list(ones):
                edit = UNTRANSPOSE if _has_sign(one.expression) else TRANSPOSE
                cost = one.cost + edit.cost - (BEHIND if _is_call(plan) else 0.0)
                if not self._wants(found, shape[::-1], cost):
                    continue
                turned = Variant(
                    cost,
                    (*one.edits, edit),
                    (*one.touched, plan.span),
                    transpose(one.expression),
                )
                self._add(found, shape[::-1], turned)
        return found

    def _around(self, plan: Scaled | Bracket | Wrapped, child: Plan, rebracket: bool) -> Variants:
        return {
            shape: [one._replace(expression=wrapped(plan, one.expression)) for one in ones]
            for shape, ones in self.variants(child, rebracket).items()
        }

    def _joined(self, plan: Joined, rebracket: bool) -> Variants:
        found: Variants = {}
        left, right = self.variants(plan.left), self.variants(plan.right)
        for kind, edits in possible_kinds(plan.kind):
            self._combine(found, plan, kind, edits, left, right)
            if kind == MATRIX:
                self._combine(found, plan, kind, (*edits, SWAP), right, left)
        if plan.kind in (MATRIX, ELEMENTWISE):
            self._dropped(found, plan, left, right)
        if rebracket and self.budget >= BRACKETS.cost:
            for other in rebracketed(plan):
                for shape, ones in self.variants(other, rebracket=False).items():
                    for one in ones:
                        self._add(found, shape, _with(one, BRACKETS, plan.span))
        return found

    def _combine(
        self,
        found: Variants,
        plan: Joined,
        kind: str,
        edits: tuple[Edit, ...],
        left: Variants,
        right: Variants,
    ) -> None:
        """Put every variant of the left side beside every one of the right side where they fit."""
        spent = sum(edit.cost for edit in edits)
        touched = (plan.left.span, plan.right.span) if edits else ()
        for one, lefts in left.items():
            if lefts[0].cost + spent > self.budget:
                continue
            self._work.spend(len(right))
            for other, rights in right.items():
                if len(one) != len(other) and _sums(plan.left if len(one) < len(other) else plan.right):
                    continue  # a sum that lost its axis: it would fit along the wrong one
                shape = together(kind, one, other, self._agree)
                if shape is None:
                    continue
                spread = kind != MATRIX and len(shape) == 2 and shape != (1, 1)
                for a in lefts:
                    if a.cost + rights[0].cost + spent > self.budget:
                        break
                    for b in rights:
                        cost = a.cost + b.cost + spent
                        if cost > self.budget:
                            break
                        if not self._wants(found, shape, cost):
                            break
                        if spread and (_is_inner(a, one) or _is_inner(b, other)):
                            continue
                        expression = join(plan, kind, a.expression, b.expression, self.hand)
                        one_edits = (*a.edits, *b.edits, *edits)
                        place = (*a.touched, *b.touched, *touched)
                        self._add(found, shape, Variant(cost, one_edits, place, expression))

    def _dropped(self, found: Variants, plan: Joined, left: Variants, right: Variants) -> None:
        """Leave out a factor of a product."""
        if self.budget < DROP.cost:
            return
        for kept, gone in ((left, plan.right), (right, plan.left)):
            for shape, ones in kept.items():
                for one in ones:
                    self._add(found, shape, _with(one, DROP, gone.span))

    def _summed(self, plan: Summed) -> Variants:
        found: Variants = {}
        for shape, ones in self.variants(plan.child).items():
            for result, before, after, edit in axes(plan, shape, self.keeps_axes):
                for one in ones:
                    if edit is AXIS and is_product(one.expression) and result == shape:
                        continue  # nothing is summed up: there is one of each already
                    cost = one.cost + (SUMMED if one.edits and is_product(one.expression) else 0.0)
                    expression = Around(before, one.expression, after, ATOM, False)
                    kept = one._replace(cost=cost, expression=expression)
                    self._add(found, result, kept if edit is None else _with(kept, edit, plan.span))
            for one in ones if plan.may_go else ():
                self._add(found, shape, _with(one, SUM, plan.span))
        return found

    def _add(self, found: Variants, shape: Shape, variant: Variant) -> None:
        if not self._wants(found, shape, variant.cost):
            return
        ones = found.setdefault(shape, [])
        if any(one.expression == variant.expression and one.cost <= variant.cost for one in ones):
            return
        ones.append(variant)
        ones.sort(key=_by_cost)
        del ones[self._kept :]

    def _wants(self, found: Variants, shape: Shape, cost: float) -> bool:
        """Say whether a variant of this shape and cost would be kept."""
        self._work.spend()
        if cost > self.budget:
            return False
        ones = found.get(shape)
        return ones is None or len(ones) < self._kept or cost < ones[-1].cost


def _sums(plan: Plan) -> bool:
    """Say whether there is a sum along an axis in a part, but for those inside a product of matrices."""
    match plan:
        case Summed():
            return plan.axis is not None
        case Joined():
            return plan.kind != MATRIX and (_sums(plan.left) or _sums(plan.right))
        case Scaled() | Bracket() | Wrapped() | Flipped():
            return _sums(plan.child)
        case _:
            return False


def _is_inner(variant: Variant, shape: Shape) -> bool:
    """Say whether edits made a number of two vectors: that it can be spread over a matrix is chance."""
    return shape == (1, 1) and bool(variant.edits) and is_product(variant.expression)


def _has_sign(expression: Expression) -> bool:
    """Say whether a transpose stands behind an expression, which can be taken away."""
    return isinstance(expression, Transposed) or (
        isinstance(expression, Atom) and expression.plain is not None
    )


def _by_cost(variant: Variant) -> float:
    return variant.cost


def _with(variant: Variant, edit: Edit, place: Span) -> Variant:
    return Variant(
        variant.cost + edit.cost, (*variant.edits, edit), (*variant.touched, place), variant.expression
    )
