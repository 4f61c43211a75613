"""A program in, its scopes out as sections of a document: formulas, and what is said of shapes."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from shapelint.declared import Stated
from shapelint.documents.claims import claim
from shapelint.documents.contents import NO_PARENT, Scope
from shapelint.documents.python.functions import functions
from shapelint.documents.python.said import annotation, declared, docstring, fill
from shapelint.documents.python.scopes import MODULE, CodeScope, scopes
from shapelint.documents.python.telling import is_telling
from shapelint.documents.python.variables import Step
from shapelint.documents.statements import DECLARATION, FORMULA, Statement
from shapelint.parse import declarations
from shapelint.parse.notation import Notation
from shapelint.parse.python import python
from shapelint.parse.python.places import Places
from shapelint.parse.python.sizes import size_of_variable
from shapelint.parse.python.words import Vocabulary, held, variable, word
from shapelint.shapes import Shape
from shapelint.source import Span

# What the notation means by these is nothing that a program must mean that assigns them.
_ANYTHING = frozenset(("loss", "cost", "J", "L", "E", "C", "error", "alpha", "beta", "gamma", "mu", "sigma", "var",
                       "mean", "eta", "eps", "epsilon", "decay", "rate", "stride", "pad", "epoch"))  # fmt: skip
_SIZE = re.compile(r"n_?(?:\d+|[a-z]{1,3}|out\w*|in\w*|hid\w*)$|\w*(?:size|dim|units|neurons|nodes|classes|outputs?)$|num_\w+$")
_PARAMETERS = frozenset(("W", "w", "b"))


def program_scopes(text: str, module: ast.Module, first: int) -> list[Scope]:
    """Return the sections of a program; `first` is the number that its first one gets in the document."""
    return _Program(text, module).sections(first)


class _Program:
    """A program while its sections are put together."""

    def __init__(self, text: str, module: ast.Module) -> None:
        self._text = text
        self._places = Places(text)
        self._module = module
        self._numpy, self._bare = _imports(module)
        self._lists, self._indices = _lists(module)
        self._lower = _lower(text)
        self._scoped: dict[int, Vocabulary] = {}

    def sections(self, first: int) -> list[Scope]:
        """Return its sections; those that cannot be about a network are empty."""
        found = scopes(self._module)
        if not any(map(is_telling, found)):
            return []
        sections: list[Scope] = []
        shared = list(self._shared(found))
        for one in found:
            statements = [
                *(shared if one.parent == MODULE else ()),
                *self._declarations(one),
                *self._formulas(one),
            ]
            parent = NO_PARENT if one.parent == MODULE else one.parent + first
            habits = "\n".join(self._text[s.start : s.end] for s in statements if s.kind == FORMULA)
            sections.append(Scope(tuple(statements), parent, habits, code=True))
        return sections

    @cached_property
    def _functions(self) -> dict[str, str]:
        return functions(self._module)

    def _vocabulary(self, scope: CodeScope, step: Step | None = None) -> Vocabulary:
        known = self._scoped.get(id(scope))
        if known is None:
            own = frozenset(name for name in scope.assigned if _means_anything(name))
            first = Vocabulary(
                self._numpy, self._bare, {}, {}, own, self._lists, self._indices, self._functions, self._lower
            )
            known = self._scoped[id(scope)] = first._replace(own=own | _reused(scope, first))
        return known if step is None else known._replace(loads=step.loads, stores=step.stores)

    # What is said

    def _shared(self, found: Iterable[CodeScope]) -> Iterator[Statement]:
        """What one function fills the others use: `parameters["W1"]`; said twice in two ways, it holds in neither."""
        said: dict[tuple[str, object], list[Statement]] = {}
        for scope in found:
            for one in self._fills(scope):
                reading = one.notation.declaration(self._text, one.start, one.end)
                assert reading is not None
                key = reading.declared[0]
                said.setdefault((key.word, key.layer), []).append(one)
        for several in said.values():
            readings = [one.notation.declaration(self._text, one.start, one.end) for one in several]
            if len({one.declared[0].shapes for one in readings if one is not None}) == 1:
                yield several[0]

    def _declarations(self, scope: CodeScope) -> Iterator[Statement]:
        """Yield what a scope says of its own: parameters in docstrings and annotations, arrays that it fills, sizes."""
        yield from self._fills(scope)
        yield from self._equations(scope)
        for function in scope.functions:
            names = {one.arg for one in function.args.args}
            for found in docstring(ast.get_docstring(function, clean=False) or ""):
                if found.name in names:
                    yield from self._declaration(scope, found.name, found.shape, {}, function)
            for argument in function.args.args:
                shape = annotation(argument.annotation)
                if shape is not None:
                    yield from self._declaration(scope, argument.arg, shape, {}, function)

    def _equations(self, scope: CodeScope) -> Iterator[Statement]:
        """Yield the sizes that are set to 1, and the number of the last layer: `n_y = 1`, `L = 2`."""
        for step in scope.steps:
            for target, value in _pairs(step.node):
                name = variable(target)
                if name is None or not isinstance(value, ast.Constant) or type(value.value) is not int:
                    continue
                plain = name.rpartition(".")[2]
                if plain == "L" or (value.value == 1 and _SIZE.match(plain)):
                    start, end = self._places.start(target), self._places.end(step.node)
                    size = size_of_variable(plain)
                    equation = declarations.Equation(size, (value.value,), Span(start, end))
                    spelled = {size: plain} if isinstance(size, str) else {}
                    statement = declarations.Statement((), equation, spelled)
                    yield self._saying(scope, statement, plain, start)

    def _saying(self, scope: CodeScope, said: declarations.Statement, name: str, start: int) -> Statement:
        notation = python(self._vocabulary(scope))._replace(declaration=lambda _text, _start, _end: said)
        return Statement(DECLARATION, start, start, name, start, "", Span(start, start), notation)

    def _fills(self, scope: CodeScope) -> Iterator[Statement]:
        vocabulary = self._vocabulary(scope)
        for step in scope.steps:
            for target, value in (*_pairs(step.node), *_items(step.node)):
                found = fill(value, vocabulary) if isinstance(value, ast.BinOp | ast.Call) else None
                name = (held(target, vocabulary) or word(target, vocabulary)) if found is not None else None
                if found is not None and name is not None and name.word.lstrip("d")[:1] in _PARAMETERS:
                    yield from self._declaration(scope, name.word, found.shape, found.spellings, step.node)

    def _declaration(
        self, scope: CodeScope, name: str, shape: Shape, spellings: Mapping[str, str], node: ast.stmt
    ) -> Iterator[Statement]:
        if self._lower and name[:1] == "w" and name[1:].strip("_").isdigit():
            name = "W" + name[1:]
        start = self._places.start(node)
        one = declared(name, shape, self._text[start : self._places.end(node)].partition("\n")[0])
        if one is not None:
            yield self._saying(scope, declarations.Statement((one,), None, dict(spellings)), name, start)

    # Formulas

    def _formulas(self, scope: CodeScope) -> Iterator[Statement]:
        for step in scope.steps:
            match step.node:
                case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                    yield from self._assignments(scope, step)
                case ast.Return(value=ast.expr() as value) if _works_something_out(value):
                    yield self._statement(scope, step, value, value, "return")
            for key, value in _items(step.node):
                name = held(key, self._vocabulary(scope, step))
                if name is not None and _works_something_out(value):
                    yield self._statement(scope, step, key, value, name.word, end=self._places.end(value))

    def _assignments(self, scope: CodeScope, step: Step) -> Iterator[Statement]:
        vocabulary = self._vocabulary(scope, step)
        pairs = list(_pairs(step.node))
        for place, (target, value) in enumerate(pairs):
            head = word(target, vocabulary)
            updates = isinstance(step.node, ast.AugAssign)
            if head is None or not (updates or _works_something_out(value) or _is_another(target, value, vocabulary)):
                continue
            part = place if len(pairs) > 1 else None
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
    ) -> Statement:
        start = self._places.start(target)
        end = end or self._places.end(value if isinstance(step.node, ast.Return) else step.node)
        notation = python(self._vocabulary(scope, step), part)
        claimed = self._claimed(end)
        stated = None
        if claimed is not None:
            stated = claimed.span
            notation = notation._replace(shapes=partial(_claims, claimed))
        spoken = Span(start, self._places.end(target))
        place = self._places.start(value)
        return Statement(FORMULA, start, end, head, place, "", spoken, notation, stated)

    def _claimed(self, end: int) -> Stated | None:
        """Return the shape in the comment behind a statement."""
        line_end = self._text.find("\n", end)
        line_end = len(self._text) if line_end < 0 else line_end
        comment = self._text.find("#", end, line_end)
        if comment < 0 or self._text[end:comment].strip(" \t;)"):
            return None
        found = claim(self._text, comment, line_end)
        return None if found is None else Stated(end, found.shape, found.span)


def _claims(stated: Stated, _text: str, _start: int, _end: int) -> tuple[Stated, ...]:
    return (stated,)


def _pairs(node: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the targets of an assignment with their values: `W, b = f(), g()` are two."""
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            if len(targets) == len(values):
                yield from zip(targets, values, strict=True)
        case ast.Assign(targets=targets, value=value):
            if not any(isinstance(target, ast.Tuple | ast.List) for target in targets):
                yield targets[0], value
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.AugAssign(target=target, value=value)
        ):
            yield target, value


def _items(node: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what a dictionary is made of: `{"dW1": np.dot(dZ1, X.T)}`."""
    match node:
        case ast.Assign(value=ast.Dict(keys=keys, values=values)) | ast.Return(value=ast.Dict(keys=keys, values=values)):
            yield from ((key, value) for key, value in zip(keys, values, strict=True) if key is not None)


_NUMBERED = re.compile(r"d?[A-Za-z]+_?\d+$|d[A-Za-z]$")


def _is_another(target: ast.expr, value: ast.expr, vocabulary: Vocabulary) -> bool:
    """Say whether one name of a layer is given to another: `db1 = dZ1`. `A_prev = A` says nothing about layers."""
    names = (word(target, vocabulary), word(value, vocabulary))
    return all(name is not None and _NUMBERED.match(name.word) for name in names)


def _works_something_out(value: ast.expr) -> bool:
    """Say whether a value may tell a shape, or be wrong: more than a name or a constant."""
    return isinstance(
        value, ast.BinOp | ast.Call | ast.UnaryOp | ast.Attribute | ast.Compare | ast.Subscript
    )


def _means_anything(name: str) -> bool:
    return (len(name) == 1 and name.islower() and name not in "wb") or name in _ANYTHING


def _reused(scope: CodeScope, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the variables that are given another shape of their own: `X = X.T`, `y = y.reshape(-1, 1)`."""
    found: set[str] = set()
    for step in scope.steps:
        if isinstance(step.node, ast.Assign):
            for target, value in _pairs(step.node):
                name = word(target, vocabulary)
                if name is not None and _reshapes(name.variable, value, vocabulary):
                    found.add(name.variable)
    return frozenset(found)


_RESHAPING = frozenset(("T", "reshape", "flatten", "ravel", "squeeze", "transpose", "swapaxes"))
_RESHAPES = frozenset(
    ("reshape", "squeeze", "transpose", "expand_dims", "ravel", "concatenate", "hstack", "vstack", "insert", "append",
     "delete", "atleast_2d", "column_stack", "swapaxes")  # fmt: skip
)


def _reshapes(name: str, value: ast.expr, vocabulary: Vocabulary) -> bool:
    """Say whether a value is the variable itself in another shape, and nothing is worked out with others."""
    match value:
        case ast.Attribute(attr=attr, value=inner):
            return attr in _RESHAPING and _is_of(name, inner, vocabulary)
        case ast.Call(func=ast.Attribute(attr=attr, value=inner), args=arguments):
            if attr in _RESHAPING and _is_of(name, inner, vocabulary):
                return True
            return attr in _RESHAPES and any(_mentions(name, argument, vocabulary) for argument in arguments)
        case ast.Subscript(value=inner):
            return _is_of(name, inner, vocabulary) or _mentions(name, value.slice, vocabulary)
        case ast.BinOp(left=left, right=ast.Constant()):
            return _reshapes(name, left, vocabulary)
    return False


def _is_of(name: str, node: ast.expr, vocabulary: Vocabulary) -> bool:
    found = word(node, vocabulary)
    return (found is not None and found.variable == name) or _reshapes(name, node, vocabulary)


def _mentions(name: str, node: ast.AST, vocabulary: Vocabulary) -> bool:
    found = (word(one, vocabulary) for one in ast.walk(node) if isinstance(one, ast.expr))
    return any(one is not None and one.variable == name for one in found)


def _imports(module: ast.Module) -> tuple[frozenset[str], dict[str, str]]:
    """Return what NumPy is called, and its functions that were imported by their names."""
    names, bare = {"np", "numpy", "jnp", "cp"}, {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {
                one.asname for one in node.names if one.name in ("numpy", "jax.numpy", "cupy") and one.asname
            }
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy":
            bare.update({one.asname or one.name: f"np.{one.name}" for one in node.names})
    return frozenset(names), bare


def _lists(module: ast.Module) -> tuple[frozenset[str], frozenset[str]]:
    """Return the variables that are lists of layers, and those that number layers in loops."""
    lists: set[str] = set()
    indices: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=targets, value=ast.List() | ast.Dict() | ast.ListComp() | ast.DictComp()):
                lists |= {name for target in targets if (name := variable(target)) is not None}
            case ast.Call(func=ast.Attribute(attr="append", value=holder)):
                lists |= {name for name in [variable(holder)] if name is not None}
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range" | "reversed"))):
                indices.add(name)
    return frozenset(lists), frozenset(indices)


_LOWER = re.compile(r"\bw_?\d\b")
_PRODUCT = re.compile(r"@|\bdot\b|matmul")


def _lower(text: str) -> bool:
    """Say whether a program writes w1 for a matrix: it multiplies matrices, and has no W1."""
    return _LOWER.search(text) is not None and _PRODUCT.search(text) is not None
