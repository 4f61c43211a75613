"""What a formula comes to: its status, its target's line, and the words behind it."""

from shapelint.diagnostic import FAULTY, OK, UNDETERMINED, Term
from shapelint.explain.analysis.lines import Lines, place
from shapelint.explain.analysis.stories import UNSURE, WRONG
from shapelint.explain.context import object_text
from shapelint.explain.phrases import SAYERS, line_at
from shapelint.infer.claimed import Contradiction
from shapelint.infer.formula import Verdict
from shapelint.operators import UPDATES
from shapelint.problems import TargetShape
from shapelint.shapes import MaybeShape, Shape
from shapelint.symbol import UNDECLARED
from shapelint.tree import Name, Node, Paren, Slice, Transpose, walk

_RIGHT = "✓"


def conclusion(
    lines: Lines, verdict: Verdict, claimed: Contradiction | None, why_open: str
) -> tuple[str, Term, str]:
    """Return the status of a formula, the line of its target, and the verdict in words.

    `claimed` is a shape said of the formula that contradicts, `why_open` says why it could not be checked.
    """
    node = lines.formula.parts[0]
    shape = verdict.target if len(lines.formula.parts) > 1 else lines.found.met(node)
    if verdict.problems:
        came = next((one.found for one in verdict.problems if isinstance(one, TargetShape)), None)
        alone = len(lines.formula.parts) == 1
        needed = "a part of it does not fit" if shape is None or alone else _needed(lines, node, shape)
        return FAULTY, _target(lines, shape, came, differs=True), f"{WRONG} {needed}"
    if claimed is not None:
        said = f"{WRONG} {SAYERS[claimed.way]} {lines.words.shape(claimed.claimed)}"
        return FAULTY, _target(lines, shape, shape), said
    if why_open:
        return UNDETERMINED, _target(lines, shape, shape), f"{UNSURE} {why_open}"
    if len(lines.formula.parts) == 1:
        return OK, _target(lines, shape, shape), _RIGHT
    return OK, _target(lines, shape, shape), f"{_RIGHT} {_fitting(lines, node)}"


def _target(lines: Lines, shape: MaybeShape, came: MaybeShape, *, differs: bool = False) -> Term:
    """Return the target's line; where what came out differs from the target, that is shown."""
    span = place(lines.formula.parts[0])
    story = lines.words.shape(came) if differs else ""
    return Term(lines.words.text(span), lines.words.sizes(shape), span, story)


def _needed(lines: Lines, node: Node, shape: Shape) -> str:
    """Say what the target's shape has to be, and why."""
    needed = lines.words.shape(shape) if shape else "a scalar"
    if object_ := _object(lines, node):
        return f"must be {needed}, {object_}"
    return f"must {'stay' if _is_update(lines, node) else 'be'} {needed}"


def _fitting(lines: Lines, node: Node) -> str:
    """Say by what the target's shape is known."""
    name = _name(node)
    if name is not None and name.symbol.flags & UNDECLARED:
        found = lines.section.found.get(name.symbol.object_key)
        if found is not None and not found.start <= lines.formula.start < found.end:
            return f"as in {line_at(lines.words.source, found.start)}"
        return "this formula says so"
    return _object(lines, node) or ("as before" if _is_update(lines, node) else "as it must be")


def _object(lines: Lines, node: Node) -> str:
    """Say whose shape a gradient has: `the shape of W2`."""
    name = _name(node)
    if name is None or not name.symbol.gradient:
        return ""
    layout = "the transpose of the shape" if lines.section.numerator else "the shape"
    turned = ".T" if isinstance(node, Transpose) else ""
    return f"{layout} of {object_text(lines.section, name.symbol, lines.text(name), lines.notation)}{turned}"


def _is_update(lines: Lines, node: Node) -> bool:
    """Say whether a name is set to something made of itself: `W1 := W1 - alpha dW1`, `W1 -= alpha dW1`."""
    name = _name(node)
    if name is None or not lines.formula.signs:
        return False
    if lines.formula.signs[0][2] in UPDATES:
        return True
    others = (one for one in walk(lines.formula.parts) if one is not name)
    return any(isinstance(one, Name) and one.symbol is name.symbol for one in others)


def _name(node: Node) -> Name | None:
    while isinstance(node, Paren | Transpose | Slice):
        node = node.child
    return node if isinstance(node, Name) else None
