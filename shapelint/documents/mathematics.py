"""A region of LaTeX in, its statements out: rows, and what stands side by side, taken apart.

A statement ends at a row's end, at a wide gap, at words, an arrow or a semicolon outside of brackets, and at a
comma behind which another formula begins; a row that begins with a relation or an operator goes on with it.
"""

import re
from collections.abc import Iterator, Sequence

from shapelint.documents.statements import DECLARATION, FORMULA, Statement
from shapelint.parse.latex import latex
from shapelint.parse.latex.commands import CASES, MATRICES
from shapelint.parse.latex.declarations import SHAPE_WORDS
from shapelint.parse.latex.item import WORD
from shapelint.parse.latex.items import items
from shapelint.parse.latex.raw import Macros, Raw, raw
from shapelint.parse.latex.scripts import closing
from shapelint.parse.latex.spelled import spelled
from shapelint.parse.notation import Notation
from shapelint.source import Span

_OPENING = frozenset(("LPAR", "LSQB", "LBRACE"))
_CLOSING = frozenset(("RPAR", "RSQB", "RBRACE"))
_OPERATORS = frozenset(("REL", "PLUS", "MINUS", "MUL", "SLASH", "CMP", "IN"))
_ENDS = frozenset(("PROSE", "NEXT", "SEMI", "GAP", "BREAK"))
_BEGINNING = _ENDS | {"AMP", "COMMA"}
_FACTORS = frozenset(("LETTERS", "FRACTION", "ACCENT", "LBRACE", "SIGMA"))  # a formula may go on with them
_SAYING = frozenset(("COLON", "IN"))


def statements(text: str, start: int, end: int, macros: Macros) -> Iterator[Statement]:
    """Yield the statements of a region of LaTeX, in its order."""
    notation = latex(macros)
    before: Statement | None = None
    for part in _parts(text, _unboxed(raw(text, start, end, macros))):
        shape = _shape_span(part)
        if shape is not None:
            if before is not None and before.kind == FORMULA and before.stated is None:
                before = before._replace(stated=shape)
            continue
        if before is not None:
            yield before
        before = _statement(text, part, notation)
    if before is not None:
        yield before


def _unboxed(tokens: Sequence[Raw]) -> Sequence[Raw]:
    """Leave out what stands around whole statements: `\\boxed{…}`, a brace before a system, an array of it."""
    dropped: set[int] = set()
    begins = True  # a statement may begin here
    for place, token in enumerate(tokens):
        if begins and (token.kind == "LBRACE" or _opens_system(token)):
            close = closing(tokens, place)
            if close == len(tokens):
                if token.text == "{" and token.kind == "LPAR":
                    dropped.add(place)
                continue
            if _first(tokens[place + 1 : close], ("REL",)) is not None:
                dropped.update((place, close))
                if token.text in CASES:
                    dropped.update(_conditions(tokens, place + 1, close))
                continue
        begins = token.kind in _BEGINNING or (token.kind == "BEGIN" and not _opens_system(token))
    return [token for place, token in enumerate(tokens) if place not in dropped] if dropped else tokens


def _conditions(tokens: Sequence[Raw], start: int, end: int) -> Iterator[int]:
    """Yield the places of what stands in a row of `cases` behind a whole formula: when it holds."""
    related = condition = False
    for place in range(start, end):
        kind = tokens[place].kind
        if kind == "BREAK":
            related = condition = False
        elif kind == "AMP":
            condition = related and tokens[place + 1].kind not in _OPERATORS
        related = related or kind == "REL"
        if condition:
            yield place


def _opens_system(token: Raw) -> bool:
    if token.kind == "LPAR":
        return token.text == "{"
    return token.kind == "BEGIN" and (token.text in MATRICES or token.text in CASES)


def _parts(text: str, tokens: Sequence[Raw]) -> Iterator[list[Raw]]:
    """Cut a region where a statement may end."""
    part: list[Raw] = []
    says = False  # whether the part has a sign that says something
    depth = 0
    matrix = 0  # how deep in environments whose rows are no formulas
    for place, token in enumerate(tokens):
        kind = token.kind
        if kind in ("BEGIN", "END"):
            if token.text in MATRICES or token.text in CASES or matrix:
                matrix += 1 if kind == "BEGIN" else -1
                part.append(token)
            continue
        if not depth and not matrix and _cuts(text, tokens, place, part, says):
            if part:
                yield part
            part, says = [], False
            if kind in _ENDS or kind == "COMMA":
                continue
        depth = max(0, depth + (kind in _OPENING) - (kind in _CLOSING))
        if kind not in ("AMP", "GAP", "BREAK") or matrix:
            part.append(token)
            says = says or kind in ("REL", "IN", "COLON")
    if part:
        yield part


_MOST_MARKS = 6  # between two columns


def _begins_column(tokens: Sequence[Raw], place: int, part: Sequence[Raw]) -> bool:
    """Say whether another column of formulas begins behind a mark: `dz &= a - y && dZ &= A - Y`."""
    behind, last = place, min(len(tokens), place + _MOST_MARKS)
    while behind < last and tokens[behind].kind == "AMP":
        behind += 1
    return behind < last and _is_new_line(tokens, behind, part)


_FAR = 200  # tokens behind a row that are looked at: nobody writes a longer one without a sign


def _cuts(text: str, tokens: Sequence[Raw], place: int, part: Sequence[Raw], says: bool) -> bool:
    """Say whether a statement ends before a token, outside of brackets."""
    token = tokens[place]
    if token.kind in ("PROSE", "NEXT", "SEMI"):
        return not (token.kind == "PROSE" and token.text.startswith("(") and token.text.endswith(")"))
    if token.kind in ("GAP", "BREAK"):
        return not _goes_on(tokens, place, part)
    if token.kind == "AMP":
        return bool(part) and _begins_column(tokens, place, part)
    if token.kind == "COMMA":
        return says
    return bool(part) and _begins_line(text, part[-1].end, token.start) and _is_new_line(tokens, place, part)


def _goes_on(tokens: Sequence[Raw], place: int, part: Sequence[Raw]) -> bool:
    """A row goes on where it ends with an operator, or the next one begins with one."""
    if part and part[-1].kind in _OPERATORS:
        return True
    behind = tokens[place + 1 : place + _FAR]
    following = next((one for one in behind if one.kind not in ("AMP", "GAP", "BREAK")), None)
    if following is None or following.kind in _OPERATORS:
        return following is not None
    return tokens[place].kind == "GAP" and bool(part) and _is_factor(behind)


def _is_factor(tokens: Sequence[Raw]) -> bool:
    """Say whether what stands behind a gap says nothing of its own: `W^{[1]} \\quad X`."""
    if tokens[0].kind not in _FACTORS:
        return False
    depth = 0
    for one in tokens:
        depth += (one.kind in _OPENING) - (one.kind in _CLOSING)
        if depth <= 0 and one.kind in _ENDS | {"COMMA", "END"}:
            return one.kind != "PROSE"
        if one.kind == "STRAY" or (not depth and (one.kind in _SAYING or one.kind in ("REL", "CMP"))):
            return False
    return True


def _begins_line(text: str, before: int, start: int) -> bool:
    return before < start and "\n" in text[before:start]


def _is_new_line(tokens: Sequence[Raw], place: int, part: Sequence[Raw]) -> bool:
    """Say whether a line of the source, without a row's end before it, is a formula of its own.

    Many people write one formula a line into `$$`: it is one where the line before is complete and a word
    and a relation begin the new one.
    """
    if part[-1].kind in _OPERATORS or not any(one.kind == "REL" for one in part):
        return False
    if tokens[place].kind not in ("LETTERS", "FRACTION", "ACCENT"):
        return False
    depth = 0
    for one in tokens[place + 1 : place + _LONGEST_HEAD]:
        depth += (one.kind in _OPENING) - (one.kind in _CLOSING)
        if one.kind == "REL" and not depth:
            return True
        if not depth and (one.kind in _OPERATORS or one.kind in _ENDS):
            return False
    return False


_LONGEST_HEAD = 40  # tokens of a target


def _statement(text: str, part: Sequence[Raw], notation: Notation) -> Statement | None:
    """Return a part as a statement: a formula has a relation, a declaration says a shape."""
    relation = _first(part, ("REL",))
    saying = _first(part, tuple(_SAYING))
    if saying is not None and relation is not None and saying < relation and part[saying].kind == "COLON":
        return _statement(text, part[saying + 1 :], notation)  # a label
    stated: Span | None = None
    if relation is not None and saying is not None and saying > relation and part[saying].kind == "IN":
        if saying + 1 < len(part):  # `a = g(z) \\in \\mathbb{R}^{n \\times m}`: said of the target
            stated = Span(part[saying + 1].start, part[-1].end)
        part = part[:saying]
    start, end = part[0].start, part[-1].end
    place = saying if relation is None else relation
    if not place:
        return None
    head = part[:place]
    kind = DECLARATION if relation is None or _says_shape(part, place) else FORMULA
    words = [item for item in items(head) if item.kind == WORD]
    target = words[0].spelling if words else ""
    if not target:
        return None
    span = Span(start, head[-1].end)
    return Statement(kind, start, end, target, part[place].end, "", span, notation, stated, spelled(part))


def _first(part: Sequence[Raw], kinds: tuple[str, ...]) -> int | None:
    depth = 0
    for place, one in enumerate(part):
        depth += (one.kind in _OPENING) - (one.kind in _CLOSING)
        if one.kind in kinds and not depth:
            return place
    return None


def _says_shape(part: Sequence[Raw], relation: int) -> bool:
    """`W.shape = (n, m)`, `\\dim(W) = …`, and a name that is nothing but a shape: `W = (n_1, n_0)`."""
    head = [one.text for one in part[:relation]]
    if SHAPE_WORDS.intersection(head[:1] + head[-1:]):
        return True
    return _is_shape(part[relation + 1 :]) or _is_chain(part)


def _is_chain(part: Sequence[Raw]) -> bool:
    """`W^{[1]} = dW^{[1]} = (n_1, n_0)`: several names of one shape."""
    last = next((place for place in range(len(part) - 1, 0, -1) if part[place].kind == "REL"), 0)
    if not last or not _is_shape(part[last + 1 :]):
        return False
    kinds = [item.kind for item in items(part[:last])]
    return all(kind == ("REL" if place % 2 else WORD) for place, kind in enumerate(kinds))


def _shape_span(part: Sequence[Raw]) -> Span | None:
    """Return the extent of a part that is only shapes, alone or in an equation of shapes."""
    if part[0].kind != "LPAR":
        return None
    if _is_shape(part) or _is_equation_of_shapes(part):
        return Span(part[0].start, part[-1].end)
    return None


_SIZE = re.compile(r"[A-Za-z]\w*$|\d+$")


def _is_shape(part: Sequence[Raw]) -> bool:
    """`(n^{[1]}, m)`: sizes in round brackets, divided by commas or crosses."""
    if len(part) < 5 or part[0].kind != "LPAR" or part[-1].kind != "RPAR":
        return False
    inside = part[1:-1]
    marks = sum(1 for one in inside if one.kind == "COMMA" or one.text == "×")
    if not marks or any(one.kind in ("LPAR", "RPAR", "REL") for one in inside):
        return False
    return any(_begins_size(one.text) for one in inside)


def _begins_size(text: str) -> bool:
    return text[:1] in ("n", "m", "1") or text.isdigit()


def _is_equation_of_shapes(part: Sequence[Raw]) -> bool:
    """`(n_1, m) = (n_1, n_0) (n_0, m) + (n_1, 1)`."""
    shapes = 0
    inside: list[Raw] | None = None
    for one in part:
        if one.kind == "LPAR" and inside is None:
            inside = [one]
        elif inside is not None:
            inside.append(one)
            if one.kind == "RPAR":
                if not _is_shape(inside):
                    return False
                shapes, inside = shapes + 1, None
        elif one.kind not in _OPERATORS:
            return False
    return shapes > 1 and inside is None
