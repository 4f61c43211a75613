"""A program in, its scopes out as sections of a document: formulas, and what is said of shapes."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from shapelint.declared import Stated
from shapelint.documents.claims import claim
from shapelint.documents.contents import NO_PARENT, Scope
from shapelint.documents.python.functions import functions
from shapelint.documents.python.habits import imports, lists, writes_lower_case
from shapelint.documents.python.language import PYTHON, Language
from shapelint.documents.python.own import letters, numbers, own_names, reused, turned
from shapelint.documents.python.pairs import items, pairs
from shapelint.documents.python.said import annotation, asserted, declared, docstring, fill
from shapelint.documents.python.scopes import MODULE, CodeScope, scopes
from shapelint.documents.python.set_sizes import Numbers, numbers_of, set_sizes, spelled_sizes
from shapelint.documents.python.telling import (
    is_another,
    is_telling,
    is_third_axis,
    may_tell,
    works_something_out,
)
from shapelint.documents.python.variables import Step
from shapelint.documents.statements import DECLARATION, FORMULA, Statement
from shapelint.parse import declarations
from shapelint.parse.python.followed import Body, bodies
from shapelint.parse.python.sizes import shape_of, size_of_variable, spellings
from shapelint.parse.python.words import Vocabulary, held, variable, word
from shapelint.shapes import Shape
from shapelint.sizes import Polynomial
from shapelint.source import Span

_PARAMETERS = frozenset(("W", "w", "b"))


def program_scopes(text: str, module: ast.Module, first: int, language: Language = PYTHON) -> list[Scope]:
    """Return the sections of a program; `first` is the number that its first one gets in the document."""
    return _Program(text, module, language).sections(first)


class _Program:
    """A program while its sections are put together."""

    def __init__(self, text: str, module: ast.Module, language: Language) -> None:
        self._text = text
        self._language = language
        self._places = language.places(text)
        self._module = module
        self._turned_names: frozenset[str] | None = None
        self._scoped: dict[int, Vocabulary] = {}
        self._returned: dict[tuple[int, str], Stated] = {}

    def sections(self, first: int) -> list[Scope]:
        """Return its sections; those that cannot be about a network are empty."""
        found = scopes(self._module) if may_tell(self._module) else []
        if not any(map(is_telling, found)):
            return []
        sections: list[Scope] = []
        shared = {  # what is filled in one family says nothing of the others
            family: list(self._shared(one for one in found if one.family in (None, family)))
            for family in {one.family for one in found}
        }
        for one in found:
            statements = [
                *(shared[one.family] if one.parent == MODULE or one.family is not None else ()),
                *self._declarations(one),
                *self._formulas(one),
            ]
            parent = NO_PARENT if one.parent == MODULE else one.parent + first
            habits = "\n".join(self._text[s.start : s.end] for s in statements if s.kind == FORMULA)
            sections.append(Scope(tuple(statements), parent, habits, True, one.aliases, one.family))
        return sections

    @cached_property
    def _imports(self) -> tuple[dict[str, str], dict[str, str]]:
        return imports(self._module)

    @cached_property
    def _lists(self) -> tuple[frozenset[str], frozenset[str]]:
        return lists(self._module)

    @cached_property
    def _numbers(self) -> Numbers:
        return numbers_of(self._module)

    @cached_property
    def _lower(self) -> bool:
        return writes_lower_case(self._text)

    def _turned(self, vocabulary: Vocabulary) -> frozenset[str]:
        if self._turned_names is None:
            self._turned_names = turned(self._module, vocabulary)
        return self._turned_names

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        return bodies(self._module)

    @cached_property
    def _functions(self) -> dict[str, str]:
        return functions(self._module)

    def _vocabulary(self, scope: CodeScope, step: Step | None = None) -> Vocabulary:
        known = self._scoped.get(id(scope))
        if known is None:
            set_once = numbers(scope)
            own = own_names(scope) | letters(set_once)
            (numpy, bare), (lists_, indices) = self._imports, self._lists
            first = Vocabulary(
                numpy, bare, {}, {}, own, lists_, indices, self._functions, self._lower, self._bodies
            )
            first = first._replace(turned=self._turned(first))
            first = first._replace(own=own | reused(scope, first), numbers=set_once)
            known = self._scoped[id(scope)] = first
        return known if step is None else known._replace(loads=step.loads, stores=step.stores)

    # What is said

    def _shared(self, found: Iterable[CodeScope]) -> Iterator[Statement]:
        """What one function fills the others use: `parameters["W1"]`; said twice in two ways, it holds in neither."""
        said: dict[tuple[str, object], list[Statement]] = {}
        for scope in found:
            for one in self._fills(scope, own=False):
                reading = one.notation.declaration(self._text, one.start, one.end)
                assert reading is not None
                key = reading.declared[0]
                if any(isinstance(size, int) and size > 1 for size in _sizes(key.shapes)):
                    continue  # the numbers of one call
                said.setdefault((key.word, key.layer), []).append(one)
        for several in said.values():
            readings = [one.notation.declaration(self._text, one.start, one.end) for one in several]
            if len({one.declared[0].shapes for one in readings if one is not None}) == 1:
                yield several[0]

    def _declarations(self, scope: CodeScope) -> Iterator[Statement]:
        """Yield what a scope says of its own: parameters in docstrings and annotations, arrays that it fills, sizes."""
        yield from self._said_alike(self._fills(scope))
        yield from self._equations(scope)
        for function in scope.functions:
            names = {one.arg for one in function.args.args}
            if self._language.parts and (spelled := spelled_sizes(names)):
                said = declarations.Statement((), None, spelled)
                yield self._saying(scope, said, function.name, self._places.start(function))
            for found in docstring(ast.get_docstring(function, clean=False) or ""):
                if found.name in names:
                    yield from self._declaration(scope, found.name, found.shape, {}, function, prose=True)
            for argument in function.args.args:
                shape = annotation(argument.annotation)
                if shape is not None:
                    yield from self._declaration(scope, argument.arg, shape, {}, function)
            yield from self._asserted(scope, function)

    def _asserted(
        self, scope: CodeScope, function: ast.FunctionDef | ast.AsyncFunctionDef
    ) -> Iterator[Statement]:
        """Yield what a function asserts of its arguments before it does anything: `assert x.shape == (n, 1)`."""
        arguments = {one.arg for one in function.args.args}
        for node in function.body:
            match node:
                case ast.Expr(value=ast.Constant()) | ast.Global() | ast.Nonlocal():
                    continue
                case ast.Assert(test=ast.Compare(left=ast.Attribute(value=ast.Name(id=name)))):
                    names, said = [name], node
                case ast.For(
                    target=ast.Name(id=name),
                    iter=ast.List(elts=elts) | ast.Tuple(elts=elts),
                    body=[ast.Assert(test=ast.Compare(left=ast.Attribute(value=ast.Name(id=one)))) as said],
                ) if name == one:
                    names = [part.id for part in elts if isinstance(part, ast.Name)]
                case _:
                    return
            shape = asserted(said)
            found = None if shape is None else shape_of([shape], self._vocabulary(scope))
            if shape is None or found is None or any(isinstance(size, Polynomial) for size in found):
                continue  # a sum of sizes may have a letter of its own
            for name in names:
                if name in arguments:
                    yield from self._declaration(scope, name, found, spellings([shape]), said)

    def _said_alike(self, fills: Iterable[Statement]) -> Iterator[Statement]:
        """Yield what is said of each name in one way; a name that is made in two shapes has neither."""
        said: dict[tuple[str, object], list[tuple[object, Statement]]] = {}
        for one in fills:
            reading = one.notation.declaration(self._text, one.start, one.end)
            assert reading is not None
            declared = reading.declared[0]
            said.setdefault((declared.word, declared.layer), []).append((declared.shapes, one))
        for several in said.values():
            if len({shapes for shapes, _ in several}) == 1:
                yield several[0][1]

    def _equations(self, scope: CodeScope) -> Iterator[Statement]:
        """Yield what a scope says of its sizes: `n_y = 1`, `L = 2`, `z_size = H + X`."""
        for one in set_sizes(scope, self._vocabulary(scope), self._numbers):
            place = Span(self._places.start(one.first), self._places.end(one.last))
            size = size_of_variable(one.name)
            equation = declarations.Equation(size, (one.value,), place)
            spelled = {size: one.name} if isinstance(size, str) else {}
            said = declarations.Statement((), equation, spelled)
            yield self._saying(scope, said, one.name, place.start)

    def _saying(self, scope: CodeScope, said: declarations.Statement, name: str, start: int) -> Statement:
        notation = self._language.notation(self._vocabulary(scope), None)
        notation = notation._replace(declaration=lambda _text, _start, _end: said)
        return Statement(DECLARATION, start, start, name, start, "", Span(start, start), notation)

    def _fills(self, scope: CodeScope, own: bool = True) -> Iterator[Statement]:
        """Yield the arrays that a scope makes of a shape: parameters, and with `own` everything else of a function."""
        vocabulary = self._vocabulary(scope)
        for step in scope.steps:
            for target, value in (*pairs(step.node), *items(step.node)):
                found = fill(value, vocabulary) if isinstance(value, ast.BinOp | ast.Call) else None
                name = (held(target, vocabulary) or word(target, vocabulary)) if found is not None else None
                if found is None or name is None or name.variable in vocabulary.own:
                    continue
                if name.word.lstrip("d")[:1] in _PARAMETERS or (own and scope.parent != MODULE):
                    yield from self._declaration(scope, name.word, found.shape, found.spellings, step.node)

    def _declaration(
        self,
        scope: CodeScope,
        name: str,
        shape: Shape,
        spellings: Mapping[str, str],
        node: ast.stmt,
        prose: bool = False,
    ) -> Iterator[Statement]:
        if self._lower and name[:1] == "w" and name[1:].strip("_").isdigit():
            name = "W" + name[1:]
        start = self._places.start(node)
        one = declared(name, shape, self._text[start : self._places.end(node)].partition("\n")[0])
        if one is not None:
            one = one._replace(prose=prose)
            yield self._saying(scope, declarations.Statement((one,), None, dict(spellings)), name, start)

    # Formulas

    def _formulas(self, scope: CodeScope) -> Iterator[Statement]:
        for function in scope.functions:
            self._note_docstring(function, scope)
        for step in scope.steps:
            match step.node:
                case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                    yield from self._assignments(scope, step)
                case ast.Return(value=ast.expr() as value) if works_something_out(value):
                    yield self._statement(scope, step, value, value, "return")
                case ast.Assert(
                    test=ast.Compare(left=ast.Attribute(attr="shape", value=array), ops=[ast.Eq()])
                ):
                    name = word(array, self._vocabulary(scope, step))
                    if name is not None:
                        yield self._statement(
                            scope, step, step.node.test, step.node.test, "assert", whole=step.node
                        )
            for key, value in items(step.node):
                name = held(key, self._vocabulary(scope, step))
                if name is not None and works_something_out(value):
                    yield self._statement(scope, step, key, value, name.word, end=self._places.end(value))

    def _assignments(self, scope: CodeScope, step: Step) -> Iterator[Statement]:
        vocabulary = self._vocabulary(scope, step)
        several = list(pairs(step.node))
        for place, (target, value) in enumerate(several):
            head = word(target, vocabulary)
            updates = isinstance(step.node, ast.AugAssign)
            if self._language.parts and _is_part(target) and works_something_out(value):
                yield self._statement(scope, step, value, value, "return", end=self._places.end(step.node))
                continue
            if (
                head is None
                or not (head.word.strip("_") or is_third_axis(value))
                or not (updates or works_something_out(value) or is_another(target, value, vocabulary))
            ):
                continue
            part = place if len(several) > 1 else None
            yield self._statement(scope, step, target, value, head.word, part)

    def _statement(
        self,
        scope: CodeScope,
        step: Step,
        target: ast.expr,
        value: ast.expr,
        head: str,
        part: int | None = None,
        end: int = 0,
        whole: ast.stmt | None = None,
    ) -> Statement:
        """Return the statement for one target and its value; its text is that of `whole`, or what both span."""
        start = self._places.start(whole or target)
        end = end or self._places.end(value if isinstance(step.node, ast.Return) else step.node)
        notation = self._language.notation(self._vocabulary(scope, step), part)
        claimed = self._claimed(end) or self._returned.get((id(step.node), head))
        stated = None
        if claimed is not None:
            stated = claimed.span
            notation = notation._replace(shapes=partial(_claims, claimed))
        spoken = Span(start, self._places.end(target))
        place = self._places.start(value)
        return Statement(FORMULA, start, end, head, place, "", spoken, notation, stated)

    def _note_docstring(self, function: ast.FunctionDef | ast.AsyncFunctionDef, scope: CodeScope) -> None:
        """Note what a docstring says of what its function works out: it is claimed of the last assignment."""
        match function.body[0]:
            case ast.Expr(value=ast.Constant(value=str()) as said):
                start, end = self._places.start(said), self._places.end(said)
            case _:
                return
        parameters = {one.arg for one in function.args.args}
        inside = [step for step in scope.steps if _is_inside(step.node, function)]
        for found in docstring(self._text[start:end]):
            if found.name in parameters:
                continue
            for step in reversed(inside):
                if any(variable(target) == found.name for target, _ in pairs(step.node)):
                    place = Span(start + found.start, start + found.end)
                    self._returned[id(step.node), found.name] = Stated(place.start, found.shape, place)
                    break

    def _claimed(self, end: int) -> Stated | None:
        """Return the shape in the comment behind a statement."""
        line_end = self._text.find("\n", end)
        line_end = len(self._text) if line_end < 0 else line_end
        found_at = (self._text.find(sign, end, line_end) for sign in self._language.comments)
        comment = min((place for place in found_at if place >= 0), default=-1)
        if comment < 0 or self._text[end:comment].strip(" \t;)"):
            return None
        found = claim(self._text, comment, line_end)
        return None if found is None else Stated(end, found.shape, found.span)


def _sizes(shapes: Iterable[object]) -> Iterator[object]:
    for shape in shapes:
        if isinstance(shape, tuple):
            yield from shape


def _claims(stated: Stated, _text: str, _start: int, _end: int) -> tuple[Stated, ...]:
    return (stated,)


def _is_part(target: ast.expr) -> bool:
    """Say whether a target is a part of an array, by its place in it."""
    return isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Tuple)


def _is_inside(node: ast.stmt, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return function.lineno <= node.lineno <= (function.end_lineno or node.lineno)
