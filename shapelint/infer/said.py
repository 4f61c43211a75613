"""Statements in, what they say of shapes and sizes out: declarations, equations, and the formulas that are left."""

from collections.abc import Iterator, Sequence

from shapelint.declared import Declared
from shapelint.documents.statements import FORMULA, Statement, statements
from shapelint.infer.facts import Said
from shapelint.parse.declarations import Equation
from shapelint.patterns import lazy
from shapelint.symbol import Layer

_NOTHING_SAID = Said((), (), {})


def read_said(text: str, start: int = 0, end: int | None = None) -> Said:
    """Read declarations and sizes alone, as a configuration gives them."""
    found = list(statements(text, start, len(text) if end is None else end))
    return what_is_said(text, found, _NOTHING_SAID, only_sizes=True)[0]


def unsaid(text: str) -> Iterator[str]:
    """Yield the lines of a text of declarations and sizes that say nothing; comments are none."""
    found = [one for one in statements(text, 0, len(text)) if _says(text, one)]
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        said = line.split("#")[0].strip()
        if said and not any(one.start < end and start < one.end for one in found):
            yield said
        start = end


def says_size(text: str) -> bool:
    """Say whether a text is one statement about a size, such as `n2 = 1`."""
    found = list(statements(text, 0, len(text)))
    return len(found) == 1 and found[0].kind == FORMULA and _says(text, found[0])


def _says(text: str, one: Statement) -> bool:
    if one.kind != FORMULA:
        return one.notation.declaration(text, one.start, one.end) is not None
    reading = one.notation.equation(text, one.start, one.end)
    return reading is not None and reading.equation is not None


def what_is_said(
    text: str, found: Sequence[Statement], around: Said, *, only_sizes: bool = False
) -> tuple[Said, list[Statement]]:
    """Return what a section says, with what is said around it, and the statements that are formulas.

    With `only_sizes` there are none: what is set to something is a size, whatever it is called.
    """
    declared: list[Declared] = list(around.declared)
    in_words: list[Declared] = []
    equations: list[Equation] = []
    spellings = dict(around.spellings)
    formulas: list[Statement] = []
    for one in found:
        if one.kind == FORMULA:
            continue
        reading = one.notation.declaration(text, one.start, one.end)
        if reading is not None:
            declared += reading.declared
            in_words += reading.declared if one.loose else ()
            spellings.update(reading.spellings)
            if reading.equation is not None:
                equations.append(reading.equation)
    for one in found:
        if one.kind != FORMULA:
            continue
        if only_sizes or _may_be_size(one.head, spellings) or _DIMENSION.match(text, one.start, one.end):
            reading = one.notation.equation(text, one.start, one.end)
            if reading is not None and reading.equation is not None:
                equations.append(reading.equation)
                spellings.update(reading.spellings)
                continue
        formulas.append(one)
    kept = _without_contradictions(declared, in_words)
    anew = {one.size for one in equations}  # what is set anew is no longer what it was
    equations = [*(one for one in around.equations if one.size not in anew), *equations]
    return Said(tuple(kept), tuple(equations), spellings), formulas


def _without_contradictions(declared: Sequence[Declared], in_words: Sequence[Declared]) -> Sequence[Declared]:
    """Leave out what sentences say of a name of which something else is said: they may speak of an example."""
    shapes: dict[tuple[str, Layer | None], set[object]] = {}
    for one in declared if in_words else ():
        shapes.setdefault((one.word, one.layer), set()).add(one.shapes)
    doubtful = {key for key, said in shapes.items() if len(said) > 1}
    doubtful |= {(f"d{word}", layer) for word, layer in doubtful}  # and of the gradients by it
    dropped = {id(one) for one in in_words if (one.word, one.layer) in doubtful}
    return [one for one in declared if id(one) not in dropped] if dropped else declared


# `d_h = 2` is the size of a layer, no gradient.
_DIMENSION = lazy(r"d_(?:\w|\{\s{0,3}(?:\\\w{1,10}\{)?\w{1,20}\}{1,2})\s{0,3}=\s{0,3}[1-9]\d{0,8}\s{0,3}$")


def _may_be_size(head: str, spellings: dict[str, str]) -> bool:
    """A statement is about sizes when its target is m, L, an n with an index, or a name from a declared shape."""
    if head in ("m", "L") or (head[0] == "n" and len(head) > 1 and not head[1].isalpha()):
        return True
    return head in spellings.values()
