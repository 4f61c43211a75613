"""Why a step of a derivation is as it is: over what is added, why a factor is transposed, where 1/m comes from."""

from collections.abc import Iterator
from typing import NamedTuple

from shapelint.calculus.derivation import Derivation
from shapelint.calculus.derivatives import counts_examples
from shapelint.calculus.entries import Entries, Place
from shapelint.calculus.expressions import (
    CALL,
    JOIN,
    MUL,
    PART,
    TURN,
    VAR,
    Node,
    names,
    walk,
)
from shapelint.calculus.network import GRADIENT
from shapelint.calculus.notations import LatexWriter
from shapelint.calculus.steps import BIAS, COST, ENTRYWISE, JOINT, LEFT, RIGHT, Step
from shapelint.calculus.writer import Writer


class Reason(NamedTuple):
    """Why something is as it is: `about` is a word for machines, `title` the question, `text` the answer."""

    about: str
    title: str
    text: str


class Reasons:
    """Gives the reasons of steps, in one notation."""

    def __init__(self, derivation: Derivation, write: Writer) -> None:
        """Take the derivation, and what writes names."""
        self.derivation, self.write = derivation, write
        self.network = derivation.network

    def __call__(self, step: Step, entries: Entries, numerator: bool) -> Iterator[Reason]:
        """Yield the reasons of a step; entries were written before, so the letters are known."""
        place = entries.places.get(step.key)
        upper = entries.places.get(step.through.key)
        if (
            step.rule in (LEFT, RIGHT)
            and step.product is not None
            and place is not None
            and upper is not None
        ):
            yield from self._product_reasons(step, entries, place, upper, numerator)
        elif step.rule == ENTRYWISE and place is not None and upper is not None:
            yield self._entrywise(step, entries, place, upper)
        elif step.rule == BIAS and place is not None and upper is not None:
            yield self._added_everywhere(step, entries, place, upper)
        elif step.rule == JOINT:
            yield self._joint(step)
        elif step.rule == COST:
            yield from self._of_cost(step)
        if len(step.uses) > 1:
            yield self._used_often(step)
        if step.power == -1:
            text = "J is the mean of the losses of the examples, and here they are added up"
            yield Reason("mean", "why 1/m", text.replace("J", self._cost()))

    def _cost(self) -> str:
        return self.write.name(self.network.cost) if self.network.cost is not None else "J"

    def _product_reasons(
        self, step: Step, entries: Entries, place: Place, upper: Place, numerator: bool
    ) -> Iterator[Reason]:
        assert step.product is not None
        inner = inner_letter(step.product, step.through.key, upper)
        leaf = entries.name(step.key, place)
        above = entries.name(step.through.key, upper)
        other = self._other(step, entries, place, inner)
        if not inner:
            outer = " ".join(short(self.write, side) for side in step.product.args)
            text = f"{leaf} is in {above} alone, with the factor {other}: nothing to add up"
            yield Reason(
                "sum",
                "why no sum",
                f"{text}; all products of two entries together are the outer product {outer}",
            )
        elif inner == entries.known.get("m") and not counts_examples(step.shape):
            text = f"{leaf} is in {above} for every {inner}, the examples, with the factor {other}"
            adds = "each example gives an outer product, and the matrix product adds them up"
            yield Reason("sum", "why the sum", f"{text}: {adds}")
        else:
            text = f"{leaf} is in {above} for every {inner}, each time with the factor {other}"
            yield Reason("sum", "why the sum", text)
        if not numerator and inner:
            yield self._transposes(step, entries, place, inner)

    def _other(self, step: Step, entries: Entries, place: Place, inner: str) -> str:
        """Return the entry of what stands beside the gradient in the product."""
        assert step.product is not None
        line = self.write.name(GRADIENT + step.through.key)
        first, second = step.product.args
        factors = [
            *entries.product(first, (place[0], inner)).factors,
            *entries.product(second, (inner, place[1])).factors,
        ]
        return " ".join(
            one for one in factors if one.partition("_")[0] != line and not one.startswith(f"{line}_")
        )

    def _transposes(self, step: Step, entries: Entries, place: Place, inner: str) -> Reason:
        assert step.product is not None
        first, second = step.product.args
        turned = [(side, side is first) for side in step.product.args if side.op == TURN]
        if not turned:
            sides = [self.write(side) for side in (first, second)]
            text = f"{inner} stands inside already: second index of {sides[0]}, first of {sides[1]}"
            return Reason("transpose", "why no transpose", text)
        side, is_first = turned[0]
        name = self.write(side.args[0])
        forward = self._forward_letters(step, entries, place, inner)
        target = self.write.name(step.gradient)
        if is_first:
            source = f"{place[0]}, the row of {target}, comes from {name}, so {name} stands on the left"
            rule = f"a matrix product adds over the second index of its left factor, and {inner} is {name}'s first"
        else:
            source = f"{place[1]}, the column of {target}, comes from {name}, so {name} stands on the right"
            rule = f"a matrix product adds over the first index of its right factor, and {inner} is {name}'s second"
        if not place[0 if is_first else 1]:
            source = f"{name} stands on the {'left' if is_first else 'right'}"
        return Reason("transpose", "why the transpose", f"{forward}{source}; {rule}: it stands transposed")

    def _forward_letters(self, step: Step, entries: Entries, place: Place, inner: str) -> str:
        """Say over what the sum runs forward, where there is one."""
        ahead = next(
            (one for one in place if one and one not in (entries.places.get(step.through.key) or ())), ""
        )
        return f"forward the sum runs over {ahead}, backward over {inner}. " if ahead else ""

    def _entrywise(self, step: Step, entries: Entries, place: Place, upper: Place) -> Reason:
        leaf, above = entries.name(step.key, place), entries.name(step.through.key, upper)
        if place == upper or not any(upper):
            sign = (
                f" so `{self.write.elementwise.strip()}` works entry by entry"
                if step.formula.op == MUL
                else ""
            )
            text = f"{above} depends on {leaf} and on no other entry of {self.write.name(step.key)}: nothing to add up"
            return Reason(
                "entrywise", "why no product" if sign else "why no sum", text + ("," + sign if sign else "")
            )
        return Reason("entrywise", "why no sum", f"{leaf} is in {above} alone")

    def _added_everywhere(self, step: Step, entries: Entries, place: Place, upper: Place) -> Reason:
        leaf, above = entries.name(step.key, place), entries.name(step.through.key, upper)
        over = [one for one in upper if one and one not in place]
        text = f"{leaf} is in {above} for every {' and '.join(over)}, with the factor 1"
        if len(over) == 1 and step.shape:
            way = "column" if upper.index(over[0]) == 1 else "row"
            text += f": added in every {way}, so summed over the {way}s"
        return Reason("sum", "why the sum", text)

    def _joint(self, step: Step) -> Reason:
        above = self.write.name(step.through.key)
        name = self.write.name(step.key)
        way = "row" if step.through.value.data.axis == 1 else "column"
        text = f"every entry of {above} depends on all entries of {name} in its {way}"
        return Reason("joint", "why no g'", f"{text}: no g'({name}) exists that one could multiply by")

    def _of_cost(self, step: Step) -> Iterator[Reason]:
        line = step.through.value
        if any(one.op == CALL and one.data.name == "log" for one in walk(line)):
            yield Reason("cost", "why a fraction", "d log a = 1/a, and d log(1 - a) = -1/(1 - a)")
        if step.power == 1 or (
            step.power == 0 and counts_examples(step.shape) and self.derivation.all.scale.examples
        ):
            way = "column" if step.shape[-1] == "m" else "row"
            text = f"{way} k of {self.write.name(step.gradient)} is the derivative of the loss of example k alone"
            yield Reason("mean", "why no 1/m", f"{text}; the 1/m waits until the examples are added up")

    def _used_often(self, step: Step) -> Reason:
        lines = [self.write.name(use.line) for use in step.uses]
        times = {2: "twice", 3: "three times"}.get(len(lines), f"{len(lines)} times")
        where = f"{', in '.join(lines[:-1])} and in {lines[-1]}"
        terms = {2: "two terms"}.get(len(lines), "several terms")
        text = (
            f"{self.write.name(step.key)} is used {times}: in {where}; the derivatives of all uses are added"
        )
        return Reason(
            "uses",
            f"why {terms}",
            text.replace("of all uses", "of both uses" if len(lines) == 2 else "of all uses"),
        )


def inner_letter(product: Node, line: str, place: Place) -> str:
    """Return the letter that the product of a step adds over: the one of the line's entry that is not kept."""
    first, second = product.args
    if GRADIENT + line in names(first):
        return place[0] if first.op == TURN else place[1]
    return place[1] if second.op == TURN else place[0]


def short(write: Writer, side: Node) -> str:
    """Write a factor of a product: its transpose by a raised letter, anything longer in brackets."""
    if side.op == TURN and not isinstance(write, LatexWriter):
        inside = write(side.args[0])
        return f"{inside}ᵀ" if side.args[0].op in (VAR, JOIN, PART) else f"({inside})ᵀ"
    text = write(side)
    return text if side.op in (VAR, TURN, JOIN, PART) else f"({text})"
