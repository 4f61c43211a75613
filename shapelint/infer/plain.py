"""A statement in, whether it is plainly a formula out: one that was read in vain, one that is left alone."""

from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.parse.notation import PYTHON
from shapelint.patterns import lazy
from shapelint.problems import TooDeep
from shapelint.symbol import UNDECLARED, WORD, Symbol
from shapelint.tree import Name, walk

_WORKS = lazy(r"[*@/+·]|-(?!\d)|\.T\b|\b(?:dot|matmul|mm|outer|multiply|einsum|sum|mean)\(")


def is_plainly_formula(section: Section, judged: Judged) -> bool:
    """Say whether what cannot be read was meant as one: its target is a name of the notation, no scalar."""
    read = judged.read
    if read is None or read.problem is None or read.doubtful:
        return False
    statement = judged.statement
    if '"' in section.text[statement.start : statement.end]:
        return False  # `W1 = parameters["W1"]` is code, not a formula
    return isinstance(read.problem, TooDeep) or _has_shape(section, judged.statement.head)


def is_prose(judged: Judged) -> bool:
    """Say whether a formula that was read is words in a sentence after all: they fit nothing."""
    read, verdict = judged.read, judged.verdict
    return read is not None and verdict is not None and read.doubtful and bool(verdict.problems)


def _has_shape(section: Section, head: str) -> bool:
    name = head.partition("(")[0].rpartition("/")[2].rstrip("'ᵀ ").removesuffix(".T")
    symbol = section.names.symbol(name)
    return symbol is not None and not symbol.flags & WORD and _is_array(section, symbol)


def works_something_out(section: Section, judged: Judged, right: bool) -> bool:
    """Say whether a line of a program is a formula, and does not only hand something on: `cache = (A, W, b)`.

    One that is `right` is one where it makes an array, too: `W1 = np.zeros((n1, n0))`.
    """
    if right and judged.verdict is not None and judged.verdict.target:
        return True
    return _WORKS.search(section.text, judged.statement.value, judged.statement.end) is not None


def looks_like_formula(section: Section, judged: Judged) -> bool:
    """Say whether a formula that is left alone looks like one of ours.

    In notes each that has two names does; a program works with all kinds of names, there it takes a layer, a gradient,
    or two names of the notation.
    """
    code = judged.statement.notation.grammar == PYTHON
    if code and not _WORKS.search(section.text, judged.statement.value, judged.statement.end):
        return False
    formula = section.read(judged.statement).formula
    if formula is None:
        return False
    names = {node.symbol for node in walk(formula.parts) if isinstance(node, Name)}
    known = [one for one in names if not one.flags & UNDECLARED and _is_array(section, one)]
    if not code:
        return bool(known) or len(names) > 1
    return len(known) > 1 or any(one.gradient or one.has_layer for one in known)


def _is_array(section: Section, symbol: Symbol) -> bool:
    declared = section.names.declared(symbol)
    return declared is not None and any(shape for shape in declared.shapes)
