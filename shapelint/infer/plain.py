"""A statement that was read in vain in, whether it is plainly a formula out: prose is passed over."""

from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.problems import TooDeep
from shapelint.symbol import WORD


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
    if symbol is None or symbol.flags & WORD:
        return False
    declared = section.names.declared(symbol)
    return declared is not None and any(shape for shape in declared.shapes)
