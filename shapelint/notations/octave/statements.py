"""A program of Octave in, its tree as that of a Python program out: functions, branches, loops, assignments.

A line that is none is passed over: it hides nothing but itself. What a program assigns is a variable from there on; a
name that was never assigned and stands before brackets is a function.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from shapelint.notations.octave.expressions import Parser
from shapelint.notations.octave.places import at, called, end_of, like, name, start_of
from shapelint.notations.octave.precedence import arguments
from shapelint.notations.octave.signatures import returned, signature
from shapelint.notations.octave.stream import NoOctaveError
from shapelint.notations.octave.targets import changes_size, together, variable
from shapelint.notations.octave.tokens import ENDS, KEYWORD, LINE_END, SIGN, Token, tokens

_DEEPEST = 60  # blocks in blocks
_UPDATES: dict[str, type[ast.operator]] = {
    "+=": ast.Add, "-=": ast.Sub, "*=": ast.Mult, "/=": ast.Div, "^=": ast.Pow, "|=": ast.BitOr, "&=": ast.BitAnd,
}  # fmt: skip
_MIDDLES = frozenset(
    ["else", "elseif", "case", "otherwise", "catch", "unwind_protect_cleanup", "until"]
)  # they end a block, and begin another


class Octave(NamedTuple):
    """A program's tree, and the parentheses in its text that only group."""

    module: ast.Module
    groups: dict[tuple[int, int], tuple[int, int]]


def program(text: str, variables: Sequence[str] = ()) -> Octave:
    """Read a program, in which some names hold something already. Never raises."""
    reader = _Reader(text, variables)
    body = reader.body()
    return Octave(ast.Module(body, []), reader.parser.groups)


class _Reader:
    """Reads the statements of a text."""

    def __init__(self, text: str, variables: Sequence[str]) -> None:
        self.parser = Parser(list(tokens(text)), len(text))
        self.parser.variables |= set(variables)
        self._indices: set[str] = set()
        self.parser.indices = self._indices
        self._depth = 0

    def body(self) -> list[ast.stmt]:
        """Return the statements of the whole text; an `end` too many ends nothing."""
        found: list[ast.stmt] = []
        while self.parser.ahead is not None:
            found += self._block()
            if self.parser.ahead is not None:
                self.parser.next()
        return found

    def _block(self, in_function: bool = False) -> list[ast.stmt]:
        """Return the statements up to a word that ends a block, which is left to who began it."""
        found: list[ast.stmt] = []
        while (token := self.parser.ahead) is not None:
            if token.kind == LINE_END or (token.kind == SIGN and token.text in (";", ",")):
                self.parser.next()
            elif token.kind == KEYWORD and (token.text in ENDS or token.text in _MIDDLES):
                break
            elif token.kind == KEYWORD and token.text == "function" and in_function:
                break  # functions without an end follow each other
            else:
                found += self._one(token)
        return found

    def _one(self, token: Token) -> list[ast.stmt]:
        """Return what a statement is, nothing of one that cannot be read: its line is passed over."""
        self._depth += 1
        place = self.parser.place
        try:
            if self._depth > _DEEPEST:
                raise NoOctaveError(token.start)
            return list(self._statement(token))
        except NoOctaveError:
            self.parser.place = place
            self._rest_of_line()
            return []
        finally:
            self._depth -= 1

    def _statement(self, token: Token) -> Iterator[ast.stmt]:
        if token.kind != KEYWORD:
            yield from self._plain(token)
            return
        self.parser.next()
        if token.text == "switch":
            yield from self._switch(token)
        elif token.text == "unwind_protect":
            yield from self._block()
            if self._is_word("unwind_protect_cleanup"):
                self.parser.next()
                yield from self._block()
            self._close()
        elif (reader := _READERS.get(token.text)) is not None:
            yield reader(self, token)
        else:
            self._rest_of_line()

    def _leave(self, token: Token) -> ast.stmt:
        kinds: dict[str, type[ast.stmt]] = {
            "return": ast.Return,
            "break": ast.Break,
            "continue": ast.Continue,
        }
        return at(kinds[token.text](), token.start, token.end)

    # Words that begin a block

    def _is_word(self, *words: str) -> bool:
        token = self.parser.ahead
        return token is not None and token.kind == KEYWORD and token.text in words

    def _close(self) -> None:
        """Take the word that ends a block, where there is one."""
        if self._is_word(*ENDS):
            self.parser.next()

    def _rest_of_line(self) -> None:
        while (token := self.parser.ahead) is not None and token.kind != LINE_END:
            self.parser.next()

    def _header(self) -> ast.expr:
        """Read what stands behind `if`, `while`; what cannot be read decides nothing."""
        place = self.parser.place
        try:
            return self.parser.expression()
        except NoOctaveError as fault:
            self.parser.place = place
            self._rest_of_line()
            return at(ast.Constant(True), fault.place, fault.place)

    def _body(self) -> list[ast.stmt]:
        """Return the statements of a block; one that is empty does nothing."""
        found = self._block()
        token = self.parser.ahead
        place = token.start if token is not None else 0
        return found or [at(ast.Pass(), place, place)]

    def _if(self, token: Token) -> ast.stmt:
        test = self._header()
        body, orelse = self._body(), list[ast.stmt]()
        if (ahead := self.parser.ahead) is not None and self._is_word("elseif"):
            self.parser.next()
            orelse = self._one_more(ahead)
        elif self._is_word("else"):
            self.parser.next()
            orelse = self._body()
            self._close()
        else:
            self._close()
        return at(ast.If(test, body, orelse), token.start, end_of(test))

    def _one_more(self, token: Token) -> list[ast.stmt]:
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise NoOctaveError(token.start)
            return [self._if(token)]
        finally:
            self._depth -= 1

    def _for(self, token: Token) -> ast.stmt:
        """`for i = 1:m`, with parentheses or without."""
        bracketed = self.parser.is_sign("(")
        if bracketed:
            self.parser.next()
        target = self.parser.next()
        self.parser.expect("=")
        values = self.parser.expression()
        if bracketed and self.parser.is_sign(")"):
            self.parser.next()
        self.parser.variables.add(target.text)
        self._indices.add(target.text)
        turns = at(
            ast.Call(like(ast.Name("range", ast.Load()), values), [], []), start_of(values), end_of(values)
        )
        index = at(ast.Name(target.text, ast.Store()), target.start, target.end)
        body = self._body()
        self._close()
        return at(ast.For(index, turns, body, []), token.start, end_of(values))

    def _while(self, token: Token) -> ast.stmt:
        test = self._header()
        body = self._body()
        self._close()
        return at(ast.While(test, body, []), token.start, end_of(test))

    def _do(self, token: Token) -> ast.stmt:
        """`do … until`."""
        body = self._body()
        test = at(ast.Constant(True), token.start, token.end)
        self._close()
        self._rest_of_line()
        return at(ast.While(test, body, []), token.start, token.end)

    def _switch(self, token: Token) -> Iterator[ast.stmt]:
        self._header()
        bodies: list[list[ast.stmt]] = []
        while (ahead := self.parser.ahead) is not None and not self._is_word(*ENDS):
            if not self._is_word("case", "otherwise"):
                self.parser.next()
                continue
            self.parser.next()
            if ahead.text == "case":
                self._header()
            bodies.append(self._body())
        self._close()
        found: list[ast.stmt] = []
        for body in reversed(bodies):
            test = at(ast.Constant(True), token.start, token.end)
            found = [at(ast.If(test, body, found), token.start, token.end)]
        yield from found

    def _try(self, token: Token) -> ast.stmt:
        body, handler = self._body(), list[ast.stmt]()
        if self._is_word("catch"):
            self.parser.next()
            self._rest_of_line()
            handler = self._body()
        self._close()
        nothing: list[ast.stmt] = [at(ast.Pass(), token.start, token.end)]
        caught = at(ast.ExceptHandler(None, None, handler or nothing), token.start, token.end)
        return at(ast.Try(body, [caught], [], []), token.start, token.end)

    # Functions

    def _function(self, token: Token) -> ast.stmt:
        """`function [J, grad] = cost(theta, X, y)`."""
        outputs, called_, parameters = signature(self.parser)
        outside, self.parser.variables = self.parser.variables, {one.arg for one in parameters}
        try:
            body = self._block(in_function=True)
        finally:
            self.parser.variables = outside
        self._close()
        last = returned(outputs, token)
        made = ast.FunctionDef(called_.text, arguments(parameters), [*body, last], [], None)
        if hasattr(made, "type_params"):
            made.type_params = []  # since Python 3.12
        return at(made, token.start, called_.end)

    # Assignments

    def _plain(self, token: Token) -> Iterator[ast.stmt]:
        """`x = …`, `[a, b] = f(x)`, `x += …`, `x++`, or an expression that is shown."""
        if (several := self._several()) is not None:
            yield self._assigned(several, token)
            return
        found = self.parser.expression()
        if self.parser.is_sign("="):
            self.parser.next()
            yield self._assigned([found], token)
        elif self.parser.is_sign(*_UPDATES):
            sign = self.parser.next()
            value = self.parser.expression()
            yield self._updated(found, sign, value)
        elif self.parser.is_sign("++", "--"):
            self.parser.next()
        else:
            yield at(ast.Expr(found), *self.parser.span(found))
        self._ended()

    def _ended(self) -> None:
        """Say that nothing but the end of a statement stands here. Raises NoOctaveError."""
        token = self.parser.ahead
        if token is None or token.kind in (LINE_END, KEYWORD) or (token.kind == SIGN and token.text in ";,"):
            return
        raise NoOctaveError(token.start)

    def _several(self) -> list[ast.expr] | None:
        """Read the targets of `[a, b] = …`, None where no such begins here."""
        place = self.parser.place
        if not self.parser.is_sign("["):
            return None
        self.parser.next()
        targets: list[ast.expr] = []
        try:
            while not self.parser.is_sign("]"):
                if self.parser.is_sign(","):
                    self.parser.next()
                elif self.parser.is_sign("~", "!"):
                    token = self.parser.next()
                    targets.append(name("_", token.start, token.end))
                else:
                    targets.append(self.parser.element())
            self.parser.next()
            if self.parser.is_sign("="):
                self.parser.next()
                return targets
        except NoOctaveError:
            pass
        self.parser.place = place
        return None

    def _assigned(self, targets: list[ast.expr], token: Token) -> ast.stmt:
        value = self.parser.expression()
        more: list[ast.expr] = []
        while self.parser.is_sign("="):  # `a = b = 0`
            self.parser.next()
            more.append(value)
            value = self.parser.expression()
        self._ended()
        for one in (*targets, *more):
            if (word := variable(one)) is not None:
                self.parser.variables.add(word)
        start, end = start_of(targets[0]), self.parser.span(value)[1]
        if len(targets) == 1 and changes_size(targets[0], value):
            grown = name(variable(targets[0]) or "_", start, end_of(targets[0]))
            targets, value = [grown], called("take", grown, (start_of(value), end), [])
        left = targets[0] if len(targets) == 1 and token.text != "[" else together(targets)
        return at(ast.Assign([left, *more], value), start, end)

    def _updated(self, target: ast.expr, sign: Token, value: ast.expr) -> ast.stmt:
        kind = _UPDATES[sign.text]
        if isinstance(target, ast.Name):
            self.parser.variables.add(target.id)
        return at(ast.AugAssign(target, kind(), value), start_of(target), self.parser.span(value)[1])  # type: ignore[arg-type]  # a name, or a part of one


_READERS: dict[str, Callable[[_Reader, Token], ast.stmt]] = {
    "function": _Reader._function,
    "if": _Reader._if,
    "while": _Reader._while,
    "for": _Reader._for,
    "parfor": _Reader._for,
    "do": _Reader._do,
    "try": _Reader._try,
    **dict.fromkeys(("return", "break", "continue"), _Reader._leave),
}
