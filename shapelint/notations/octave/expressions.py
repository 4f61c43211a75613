"""Tokens of Octave in, an expression as a node of `ast` out: operators by Octave's precedence, indices from 0.

An expression that Octave says in a way of its own is said in NumPy's terms: `A'` as `A.T`, `[A; B]` as a stack, `A(:)`
as a column. What an operator is the text says, not the node: `*` and `.*` are told apart where the tree is made.
"""

import ast
from collections.abc import Container, Mapping, Sequence

from shapelint.notations.octave.functions import KNOWN, Asked, in_numpy, stacked
from shapelint.notations.octave.indices import part_of
from shapelint.notations.octave.places import at, called, end_of, name, pair, start_of
from shapelint.notations.octave.precedence import LEVELS, POWERS, RANGE, SIGNED, arguments, is_written, joined
from shapelint.notations.octave.stream import NoOctaveError, Stream
from shapelint.notations.octave.tokens import (
    KEYWORD,
    LINE_END,
    NAME,
    NUMBER,
    SIGN,
    TEXT,
    Token,
    is_matrix_break,
)


class Parser(Stream):
    """Reads expressions; `variables` are the names that hold something, all others are functions."""

    def __init__(self, found: Sequence[Token], end: int) -> None:
        """Take all tokens of a text, and where it ends."""
        super().__init__(found, end)
        self._in_matrix = False
        self.groups: dict[tuple[int, int], tuple[int, int]] = {}
        self.variables: set[str] = set()
        self.indices: Container[str] = ()

    def span(self, first: ast.expr, last: ast.expr | None = None) -> tuple[int, int]:
        """Return where a node stands, or what two nodes span, with the parentheses around them."""
        start, end = _outermost(self.groups, first)
        return start, end if last is None else _outermost(self.groups, last)[1]

    # Expressions

    def expression(self, least: int = 0) -> ast.expr:
        """Read an expression. Raises NoOctaveError where there is none."""
        found = self._operation(least)
        return self._counted(found) if isinstance(found, ast.Slice) else found

    def element(self) -> ast.expr:
        """Read an element of a matrix, which a blank ends. Raises NoOctaveError where there is none."""
        outside, self._in_matrix = self._in_matrix, True
        try:
            return self.expression()
        finally:
            self._in_matrix = outside

    def _operation(self, least: int) -> ast.expr:
        with self.deeper():
            return self._operations(self._signed(), least)

    def _operations(self, left: ast.expr, least: int) -> ast.expr:
        while (token := self.ahead) is not None and token.kind == SIGN:
            level = LEVELS.get(token.text, 0)
            if level <= least or (self._in_matrix and is_matrix_break(token, self.following())):
                break
            if level == RANGE:
                if not self._goes_on():
                    break
                left = self._range(left)
                continue
            self.next()
            right = self._operation(level)
            left = joined(token, self._plain(left), self._plain(right), self.span(left, right))
        return left

    def _goes_on(self) -> bool:
        """Say whether a range goes on behind a colon: `A(:, 1)` has none in it."""
        following = self.following()
        return following is not None and not (
            following.kind == SIGN and following.text in (")", ",", ";", "]")
        )

    def _range(self, low: ast.expr) -> ast.expr:
        """`a:b`, `a:step:b`."""
        self.next()
        high, step = self._operation(RANGE), None
        if self.is_sign(":") and self._goes_on():
            self.next()
            step, high = high, self._operation(RANGE)
        return at(ast.Slice(self._plain(low), self._plain(high), step), *self.span(low, high))

    def _plain(self, node: ast.expr) -> ast.expr:
        return self._counted(node) if isinstance(node, ast.Slice) else node

    def _counted(self, node: ast.Slice) -> ast.expr:
        """`1:m` is a row of m numbers; of how many another range is nobody says."""
        place = name("range", start_of(node), start_of(node))
        span = (start_of(node), end_of(node))
        low, high = node.lower, node.upper
        if isinstance(low, ast.Constant) and low.value == 1 and node.step is None and high is not None:
            return called("zeros", place, span, [pair(low, high)])
        return called(
            "hstack", place, span, [at(ast.Tuple([called("take", place, span, [])], ast.Load()), *span)]
        )

    def _signed(self) -> ast.expr:
        token = self.ahead
        if token is None or token.kind != SIGN or token.text not in ("+", "-", "!", "~", "++", "--"):
            return self._powers()
        self.next()
        inner = self._operation(SIGNED - 1) if token.text in ("++", "--") else self._operand_of_sign()
        if token.text in ("!", "~"):
            return at(ast.UnaryOp(ast.Invert(), inner), token.start, self.span(inner)[1])
        kind = ast.USub() if token.text in ("-", "--") else ast.UAdd()
        return at(ast.UnaryOp(kind, inner), token.start, self.span(inner)[1])

    def _operand_of_sign(self) -> ast.expr:
        with self.deeper():
            return self._signed()

    def _powers(self) -> ast.expr:
        """Read an operand with all that stands right behind it: an index, a transpose, a power."""
        found = self._primary()
        while (token := self.ahead) is not None and token.kind == SIGN:
            if self._in_matrix and token.spaced and token.text in ("(", "{", "'"):
                break
            if token.text in ("'", ".'"):
                self.next()
                found = at(ast.Attribute(found, "T", ast.Load()), self.span(found)[0], token.end)
            elif token.text in POWERS:
                if self._in_matrix and is_matrix_break(token, self.following()):
                    break
                self.next()
                exponent = self._exponent()
                found = at(ast.BinOp(found, ast.Pow(), exponent), *self.span(found, exponent))
            elif token.text == "(":
                found = self._indexed(found)
            elif token.text == "{":
                found = self._cell(found)
            elif token.text == "." and not token.spaced and self.following() is not None:
                found = self._field(found)
            else:
                break
        return found

    def _exponent(self) -> ast.expr:
        """Read what stands behind `^`: a number or a name, with its sign and its index."""
        token = self.ahead
        if token is not None and token.kind == SIGN and token.text in ("+", "-", "!", "~"):
            self.next()
            inner = self._operand_of_exponent()
            return at(ast.UnaryOp(ast.USub(), inner), token.start, self.span(inner)[1])
        found = self._primary()
        while self.is_sign("(") and not (self._in_matrix and self.ahead is not None and self.ahead.spaced):
            found = self._indexed(found)
        return found

    def _operand_of_exponent(self) -> ast.expr:
        with self.deeper():
            return self._exponent()

    def _primary(self) -> ast.expr:
        token = self.next()
        if token.kind == NAME:
            return name(token.text + "_" * (token.text == "np"), token.start, token.end)
        if token.kind == NUMBER:
            value: complex = int(token.text) if token.text.isdecimal() and len(token.text) < 10 else 0.5
            return at(ast.Constant(value), token.start, token.end)
        if token.kind == TEXT:
            return at(ast.Constant(token.text[1:-1]), token.start, token.end)
        if token.kind == SIGN and token.text == "(":
            return self._group(token)
        if token.kind == SIGN and token.text in ("[", "{"):
            return self._matrix(token)
        if token.kind == SIGN and token.text == "@":
            return self._handle(token)
        raise NoOctaveError(token.start)

    def _group(self, opening: Token) -> ast.expr:
        outside, self._in_matrix = self._in_matrix, False
        try:
            inner = self.expression()
            closing = self.expect(")")
        finally:
            self._in_matrix = outside
        self.groups[self.span(inner)] = (opening.start, closing.end)
        return inner

    def _handle(self, opening: Token) -> ast.expr:
        """`@sigmoid` is a word, `@(z) 1 ./ (1 + exp(-z))` a function."""
        if not self.is_sign("("):
            token = self.next()
            return at(ast.Constant(f"@{token.text}"), opening.start, token.end)
        self.next()
        parameters: list[ast.arg] = []
        while not self.is_sign(")"):
            token = self.next()
            if token.kind == NAME:
                parameters.append(at(ast.arg(token.text), token.start, token.end))
        self.next()
        before = set(self.variables)
        self.variables |= {one.arg for one in parameters}
        try:
            body = self.expression()
        finally:
            self.variables = before
        return at(ast.Lambda(arguments(parameters), body), opening.start, self.span(body)[1])

    # Matrices

    def _matrix(self, opening: Token) -> ast.expr:
        """`[a b; c d]`; a cell of arrays, `{a, b}`, is a list."""
        outside, self._in_matrix = self._in_matrix, True
        closing = "]" if opening.text == "[" else "}"
        rows: list[list[ast.expr]] = [[]]
        try:
            while not self.is_sign(closing):
                token = self.ahead
                if token is not None and (token.kind == LINE_END or self.is_sign(";")):
                    self.next()
                    rows.append([])
                elif self.is_sign(","):
                    self.next()
                else:
                    rows[-1].append(self.expression())
            end = self.next().end
        finally:
            self._in_matrix = outside
        return self._matrix_of([row for row in rows if row], opening, end)

    def _matrix_of(self, rows: Sequence[Sequence[ast.expr]], opening: Token, end: int) -> ast.expr:
        place, span = name(opening.text, opening.start, opening.end), (opening.start, end)
        if opening.text == "{":
            return at(ast.List([part for row in rows for part in row], ast.Load()), *span)
        if not rows:
            return at(ast.List([], ast.Load()), *span)
        if len({len(row) for row in rows}) == 1 and all(
            map(is_written, (part for row in rows for part in row))
        ):
            return at(
                ast.List([at(ast.List(list(row), ast.Load()), *span) for row in rows], ast.Load()), *span
            )
        if len(rows) == 1:
            return stacked(place, "hstack", rows[0], span)
        return stacked(place, "vstack", [self._row(place, row) for row in rows], span)

    def _row(self, place: ast.Name, row: Sequence[ast.expr]) -> ast.expr:
        return row[0] if len(row) == 1 else stacked(place, "hstack", row, self.span(row[0], row[-1]))

    # Indices and calls

    def _indexed(self, found: ast.expr) -> ast.expr:
        """`A(i, :)` takes a part of a variable, `f(x, y)` calls a function."""
        outside, self._in_matrix = self._in_matrix, False
        self.next()
        parts: list[ast.expr] = []
        try:
            while not self.is_sign(")"):
                if self.is_sign(","):
                    self.next()
                    continue
                parts.append(self._part())
            end = self.next().end
        finally:
            self._in_matrix = outside
        span = (self.span(found)[0], end)
        if not isinstance(found, ast.Name) or self._is_variable(found.id, parts):
            return part_of(found, parts, span)
        parts = [self._plain(one) for one in parts]
        if (known := in_numpy(Asked(found, parts, span))) is not None:
            return known
        return at(ast.Call(found, parts, []), *span)

    def _part(self) -> ast.expr:
        token = self.ahead
        if token is not None and token.kind == SIGN and token.text == ":":
            self.next()
            return at(ast.Slice(None, None, None), token.start, token.end)
        return self._operation(0)

    def _is_variable(self, word: str, parts: Sequence[ast.expr]) -> bool:
        if word in self.variables:
            return True
        if word in KNOWN:
            return False
        return any(
            isinstance(part, ast.Slice)
            or any(isinstance(one, ast.Name) and one.id == "end" for one in ast.walk(part))
            for part in parts
        )

    def _cell(self, found: ast.expr) -> ast.expr:
        """`W{l}`."""
        outside, self._in_matrix = self._in_matrix, False
        self.next()
        parts: list[ast.expr] = []
        try:
            while not self.is_sign("}"):
                if self.is_sign(","):
                    self.next()
                    continue
                parts.append(self._part())
            end = self.next().end
        finally:
            self._in_matrix = outside
        index = parts[0] if len(parts) == 1 else at(ast.Tuple(parts, ast.Load()), start_of(found), end)
        return at(ast.Subscript(found, self._plain(index), ast.Load()), self.span(found)[0], end)

    def _field(self, found: ast.expr) -> ast.expr:
        """`grads.W1` holds an array under a name, as a dictionary does."""
        self.next()
        token = self.next()
        if token.kind not in (NAME, KEYWORD):
            raise NoOctaveError(token.start)
        key = at(ast.Constant(token.text), token.start, token.end)
        return at(ast.Subscript(found, key, ast.Load()), self.span(found)[0], token.end)


def _outermost(groups: Mapping[tuple[int, int], tuple[int, int]], node: ast.expr) -> tuple[int, int]:
    span = (start_of(node), end_of(node))
    while (outer := groups.get(span)) is not None:
        span = outer
    return span
