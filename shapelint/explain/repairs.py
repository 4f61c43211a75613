"""The words for repairs: what to write, and why that form is the one."""

import shlex

from shapelint.diagnostic import Diagnostic, Edit, Fix
from shapelint.explain.context import Context
from shapelint.explain.sums import Side, back_through, over_examples, side
from shapelint.explain.targets import PRODUCT_OF_TRANSPOSES
from shapelint.repair.costs import (
    ABSENT,
    AXIS,
    COMMA,
    DROP,
    INVERSE,
    KEEPDIMS,
    OUTER,
    OWN,
    SQUEEZE,
    SUM,
    SWAP,
    TRANSPOSE,
    UNTRANSPOSE,
)
from shapelint.repair.find import LARGEST, LONG, SPENT, Sought
from shapelint.repair.hand import Hand
from shapelint.repair.kinds import MATRIX
from shapelint.repair.offer import Product, Repair
from shapelint.source import Span
from shapelint.symbol import Layer

SAFE, UNSAFE = "safe", "unsafe"
_LONGEST = 60  # characters of an operation that is written out for one edited term


def with_repairs(context: Context, diagnostic: Diagnostic, sought: Sought) -> Diagnostic:
    """Hang the repairs of a formula on its first diagnostic, and highlight what the best of them touches.

    Where a limit ended the search, that is said instead.
    """
    found = sought.repairs
    if not found:
        return (
            diagnostic._replace(notes=(*diagnostic.notes, _LIMITS[sought.limit]))
            if sought.limit
            else diagnostic
        )
    best = found[0]
    why = _why(context, best)
    told = tuple(note for note in diagnostic.notes if note != PRODUCT_OF_TRANSPOSES or not _says(why))
    notes = (*told, *why)
    fixes = tuple(_fix(context, diagnostic, repair) for repair in found)
    term = best.term if _highlights(found) else diagnostic.span
    return diagnostic._replace(
        span=term,
        term=context.source.slice(term),
        cause=best.cause,
        marks=_marks(diagnostic, term),
        notes=notes,
        fix=fixes[0],
        alternatives=fixes[1:],
    )


def _says(why: tuple[str, ...]) -> bool:
    """Say whether the rule about transposes is told with the learner's own terms."""
    return any("Bᵀ Aᵀ" in note for note in why)


def mended_above(diagnostic: Diagnostic) -> Diagnostic:
    """Say of a further fault of a formula that the repair stands with the first one."""
    return diagnostic._replace(
        notes=(*diagnostic.notes, "the repair of the whole formula stands with its first finding")
    )


_ADVICE = "give a part of it a name of its own"
_LIMITS = {
    LONG: f"no repair is looked for where a side is longer than {LARGEST:,} characters: {_ADVICE}",
    SPENT: f"the search for a repair was given up, since this side has so many parts: {_ADVICE}",
}


def _highlights(found: tuple[Repair, ...]) -> bool:
    """Two equally cheap repairs in different places leave the highlight on the part that fails."""
    rivals = [repair for repair in found[1:] if repair.cost - found[0].cost < 0.05]
    return all(repair.term == found[0].term for repair in rivals)


def _marks(diagnostic: Diagnostic, term: Span) -> tuple[Span, ...]:
    """Mark the faulty term, unless it is the whole operation: then its sign is marked as before."""
    sides = [label.span for label in diagnostic.labels]
    covers = [side for side in sides if term.start <= side.start and side.end <= term.end]
    if len(covers) > 1 or term == diagnostic.span:
        return diagnostic.marks
    return (term,)


def _fix(context: Context, diagnostic: Diagnostic, repair: Repair) -> Fix:
    change = repair.replacement
    edits = (Edit(change.span, change.content),)
    message = f"write `{_written(context, diagnostic, repair)}`"
    return Fix(message, _reason(context, repair), SAFE if repair.safe else UNSAFE, edits, repair.cause)


def _written(context: Context, diagnostic: Diagnostic, repair: Repair) -> str:
    """Return the new text of what the repair touches, with the operation that it is in."""
    change = repair.replacement
    start, end = min(change.span.start, repair.term.start), max(change.span.end, repair.term.end)
    around = diagnostic.span
    if around.start <= start and end <= around.end and around.end - around.start <= _LONGEST:
        start, end = around
    text = context.source.text
    return " ".join((text[start : change.span.start] + change.content + text[change.span.end : end]).split())


def _reason(context: Context, repair: Repair) -> str:
    """Say in shapes why the repaired form fits: `(n1, n2) @ (n2, m) is (n1, m)`."""
    for edit, words in _SAID:
        if edit in repair.edits:
            return words
    product = repair.product
    if product is not None and repair.cause in ("transpose", "swap", "product", "several", "layer", "layout"):
        left, right, result = (
            context.shape(shape) for shape in (product.left_shape, product.right_shape, product.result)
        )
        return f"{left} @ {right} is {result}"
    if SUM in repair.edits or AXIS in repair.edits or KEEPDIMS in repair.edits:
        return _summed(context, repair)
    return _REASONS.get(repair.cause, "then every size agrees")


def _summed(context: Context, repair: Repair) -> str:
    """Say what a sum does that is put around a side or taken away, or runs along another axis."""
    if SUM in repair.edits and "sum" not in repair.replacement.content:
        return "without the sum every size agrees"
    shape = context.target.shape if context.target is not None else None
    what = "mean" if "mean" in context.source.slice(repair.term) else "sum"
    if shape is not None and len(shape) < 2:
        return f"a {what} over the examples has the shape that is needed"
    columns = context.section is None or context.section.examples_in_columns
    if shape is None or shape[1 if columns else 0] != 1:  # it stands somewhere inside
        return f"a {what} along that axis, kept with size 1, fits"
    kept = "column" if columns else "row"
    return f"a {what} over the examples, kept as a {kept}, has the shape that is needed"


_REASONS = {
    "transpose": "with the transpose as it is needed every size agrees",
    "product": "the elementwise product fits",
    "layer": "that layer fits",
    "parentheses": "with the brackets there every size agrees",
    "name": "then every size agrees",
}

# What is said of edits that take more than a shape to see, the first that a repair has.
_SAID = (
    (DROP, "what it is multiplied with is left out: the forward lines do not ask for it"),
    (INVERSE, "what is not square has no inverse, but its transpose fits"),
    (COMMA, "a comma stands between the two sides of this product"),
    (OUTER, "the first vector of an outer product gives the rows, the second the columns"),
    (SQUEEZE, "then the axis of size 1 stays"),
    (OWN, "an update starts from what it updates"),
    (ABSENT, "that layer fits; no line before makes it"),
)


def _why(context: Context, repair: Repair) -> tuple[str, ...]:
    """Say why that form is the one, in the learner's own terms."""
    notes = [_LAYOUT] if repair.cause == "layout" else []
    product = repair.product
    if product is None or not set(repair.edits) & {TRANSPOSE, UNTRANSPOSE, SWAP}:
        return tuple(notes)
    old = context.source.slice(repair.term)
    identity = _identity(context.hand, old, product)
    if identity:
        notes.append(identity)
    return (*notes, *_direction(context, product))


_LAYOUT = (
    "it is right where a gradient is laid out as a row, the transpose of its object; "
    "here a gradient has the shape of its object"
)


def _identity(hand: Hand, old: str, product: Product) -> str:
    """`(dZ2.T @ W2)ᵀ = W2.T @ dZ2`, where the repair is the transpose of what was written."""
    if not hand.is_transpose(old, product.left, product.right):
        return ""
    new = f"{product.left}{hand.sign(MATRIX)}{product.right}"
    return f"(A B)ᵀ = Bᵀ Aᵀ: the transpose of `{_short(old)}` is `{new}`"


def _short(text: str) -> str:
    return " ".join(text.split())


def _direction(context: Context, product: Product) -> tuple[str, ...]:
    """Say what the repaired product adds up, entry by entry: on the way forward, and on the way back."""
    section = context.section
    if section is None:
        return ()
    columns = section.examples_in_columns
    own = context.hand
    left, right = (_side(context, side) for side in (product.left, product.right))
    if left is None or right is None or not (_has_place(left) and _has_place(right)):
        return ()
    weight, gradient = (left, right) if columns else (right, left)
    reached = weight.symbol.layer
    if weight.symbol.base == "W" and not weight.symbol.gradient and reached is not None:
        before = Layer(reached.base, reached.offset - 1)
        if gradient.symbol.layer == reached:
            single = 1 in (product.right_shape[-1:] if columns else product.left_shape[:1])
            sums = back_through(own, weight, gradient, columns, single)
            return _with_derivation(context, sums) or _sent(context, weight, gradient, columns)
        if gradient.symbol.layer == before and not gradient.symbol.gradient:
            line, layer = "column" if columns else "row", _layer(reached)
            return (
                f"each {line} of `{gradient.text}` is one example: `{weight.text}` takes it on to layer {layer}",
            )
    if left.symbol.gradient != right.symbol.gradient and product.left_shape[-1] != 1:  # one example is no sum
        of = context.target.gradient_of if context.target is not None else None
        sums = over_examples(own, left, right, of, columns) if of and not section.numerator else ()
        if sums or left.symbol.layer is None or right.symbol.layer is None:
            return _with_derivation(context, sums)
        return ("the examples meet inside the product: it sums over all of them",)
    return ()


def _has_place(one: Side) -> bool:
    """Say whether a name tells its layer: the inputs have none."""
    return one.symbol.layer is not None or one.symbol.base in ("X", "x")


def _side(context: Context, text: str) -> Side | None:
    assert context.section is not None
    symbol = context.section.names.symbol(context.hand.spelling(context.hand.untransposed(text)))
    return None if symbol is None else side(context.hand, text, symbol)


def _sent(context: Context, weight: Side, gradient: Side, columns: bool) -> tuple[str, ...]:
    layer = weight.symbol.layer
    assert layer is not None
    before = Layer(layer.base, layer.offset - 1)
    return (
        f"each {'column' if columns else 'row'} of `{gradient.text}` is one example: `{weight.text}` sends it back "
        f"from layer {_layer(layer)} to layer {_layer(before)}",
    )


def _with_derivation(context: Context, sums: tuple[str, ...]) -> tuple[str, ...]:
    """Say behind the sums what shows the whole way to them."""
    target = context.target
    if not sums or target is None or target.gradient_of is None:
        return sums
    word = target.text if target.text[:1] == "d" else f"d{target.gradient_of}"
    name = context.source.name
    words = [word] if name[:1] == "<" else [word, name]
    return (*sums, f"`shapelint derive {shlex.join(words)}` shows it step by step")


def _layer(layer: Layer) -> str:
    return str(layer).replace("λ", "l")
