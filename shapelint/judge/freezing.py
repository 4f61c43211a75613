"""A draft in, a solution for each scope out: every shape in letters, and what else an environment asks of names."""

import re
from collections.abc import Iterator, Mapping, Sequence

from shapelint.conventions.worlds import World
from shapelint.infer.environment import Found
from shapelint.infer.solution import DEFINED, STATED, Solution
from shapelint.judge.draft import Draft
from shapelint.judge.handing import is_number_of_units
from shapelint.judge.hints import is_anyones, letter_of, word_of
from shapelint.judge.letters import Letters
from shapelint.judge.lines import calls_program
from shapelint.judge.naming import conventional
from shapelint.judge.scopes import Scope
from shapelint.judge.store import OPEN, Slot
from shapelint.operators import STAR
from shapelint.shapes import Shape
from shapelint.sizes import ANY, Size, Unknown, is_one_or_all, layer_of, layer_size, resolve
from shapelint.symbol import PARAMETER, UNDECLARED, VERSION, Layer, Symbol, variable_of

_LETTERED = re.compile(r"(?P<base>[^\[]+)\[l(?P<step>[+-]\d+)?\]$")


def frozen(draft: Draft) -> list[Solution]:
    """Return what a draft comes to, for each scope."""
    names = Letters(draft)
    made_by = _made_by(draft)
    return [_solution(draft, scope, names, made_by) for scope in draft.network.scopes]


def _made_by(draft: Draft) -> dict[str, Size]:
    """Return the letters that a program makes arrays by, none that it gives a number to, with what they stand for."""
    found: dict[str, Size] = {}
    for scope in draft.network.scopes:
        known = {equation.size for equation in scope.section.said.equations}
        for letter in map(letter_of, scope.lengths if scope.code else ()):
            if isinstance(letter, str) and letter not in known:
                found[letter] = draft.letter(scope, letter)
    return found


def _general(scope: Scope, last: int | None, made_by: Mapping[str, Size]) -> Iterator[str]:
    """Yield the letters that arrays are made by and that are 1 in a scope, for which other functions take any size."""
    ones = scope.section.facts.ones
    for letter, size in made_by.items():
        value = resolve(size)
        name = value.name if isinstance(value, Unknown) else value
        layer = layer_of(name) if isinstance(name, str) else None
        outputs = layer is not None and not layer.base and layer.offset == last and "n[L]" in ones
        if value == 1 or name in ones or outputs:
            yield letter


def _solution(draft: Draft, scope: Scope, names: Letters, made_by: Mapping[str, Size]) -> Solution:
    world = draft.worlds[scope.number]
    slots = {key: draft.network.slot(scope, key) for key in scope.symbols if not key.startswith("?")}
    found: dict[str, Found] = {}
    for key, slot in slots.items():
        if (one := _found(draft, scope, names, slot, scope.symbols[key])) is not None:
            fitted = _is_fitted(draft, scope, slot, key)
            start, end = _place(draft, scope, slot, key, fitted)
            found[key] = one._replace(start=start, end=end, fitted=fitted)
    for key in scope.symbols:
        if key not in found and (alike := _at_other_layer(draft, scope, key, found)) is not None:
            found[key] = alike
    objects = {key: slot[1] for key, slot in scope.objects.items()}
    for slot in scope.objects.values():
        # what stands in another scope is looked up there
        symbol = draft.network.scopes[slot[0]].symbols.get(slot[1])
        if slot[1] in found or symbol is None or _is_of_one_call(draft, scope, slot):
            continue
        if (one := _found(draft, scope, names, slot, symbol)) is not None:
            slots[slot[1]] = slot
            found[slot[1]] = one
    grades = {key: draft.grades[slot] for key, slot in slots.items() if slot in draft.grades}
    for key in found:
        if slots.get(key) in draft.beneath:
            grades.setdefault(key, DEFINED)
    equal, spellings = names.said(scope)
    return Solution(
        world,
        found,
        objects,
        grades,
        equal,
        spellings,
        names.marks_in(scope),
        frozenset(_untold(draft, scope, found)),
        frozenset(_own(draft, scope)),
        frozenset(key for key, symbol in scope.symbols.items() if _is_number(draft, scope, symbol)),
        draft.last[scope.number],
        tuple(draft.dropped[scope.number]),
        tuple(draft.doubled[scope.number]),
        sum(
            draft.grades.get(draft.network.slot(scope, key)) == STATED for key in draft.dropped[scope.number]
        ),
        draft.one_or_all,
        frozenset(_general(scope, draft.last[scope.number], made_by)),
    )


def _is_fitted(draft: Draft, scope: Scope, slot: Slot, key: str) -> bool:
    """Say whether nothing states a name, makes it or hands it on: the line that uses it would not fit otherwise."""
    if slot in draft.grades or slot in draft.places:
        return False
    usual = scope.section.names.declared(scope.symbols[key])
    return usual is None or key in draft.dropped[scope.number]


def _place(draft: Draft, scope: Scope, slot: Slot, key: str, fitted: bool) -> tuple[int, int]:
    """Return the extent of the line that says what shape a name has, nowhere where only a convention does."""
    if fitted:
        owner = draft.network.scopes[slot[0]]
        return owner.first_uses.get(slot[1]) or scope.first_uses.get(key, (0, 0))
    _, start, end = draft.places.get(slot, (0, 0, 0))
    return start, end


def _found(draft: Draft, scope: Scope, names: Letters, slot: Slot, symbol: Symbol) -> Found | None:
    """Return the shape of a name in letters, or those that it may have below what it is added to."""
    if slot in draft.remade:
        return None
    shape = draft.store.shapes.get(slot)
    if shape is not None:
        return _in_letters(names, scope, (shape,))
    if slot not in draft.beneath or symbol.gradient:
        return None
    low = _below(symbol, draft.beneath[slot], draft.worlds[scope.number], scope.code)
    return None if low is None else _in_letters(names, scope, low)


def _is_of_one_call(draft: Draft, scope: Scope, slot: Slot) -> bool:
    """Say whether the shape of another function's name has the numbers of one call."""
    shape = draft.store.shapes.get(slot) or ()
    return slot[0] != scope.number and scope.code and any(map(is_number_of_units, shape))


def _in_letters(names: Letters, scope: Scope, shapes: Sequence[Shape]) -> Found:
    """Return the shapes that a name may have, in letters."""
    first, *others = (tuple(names.size(scope, size) for size in one) for one in shapes)
    return Found(first, 0, 0, tuple(others))


def _below(symbol: Symbol, shape: Shape, world: World, code: bool) -> tuple[Shape, ...] | None:
    if len(shape) != 2:
        return None
    units = resolve(shape[0 if world.columns else 1])
    only = symbol.base == "b" and not symbol.has_layer
    if units == 1 and only:
        return (), (1, 1)  # one number for all examples
    shapes = ((shape[0], 1),) if world.columns else ((1, shape[1]), (shape[1],))
    if code and only and isinstance(units, Unknown) and (units is ANY or units.name == OPEN):
        return (*shapes, ())  # what it is added to may have one unit, too
    return shapes


def _untold(draft: Draft, scope: Scope, found: Mapping[str, Found]) -> Iterator[str]:
    """Yield names that a line defines without telling their shape; one that cannot be right is no such line."""
    is_odd = scope.code and _is_odd(draft)
    for key, symbol in scope.symbols.items():
        if scope.code and key.startswith("?"):
            scalar = scope.is_scalar(symbol) and symbol.base != "b"
            if not scalar and (key.startswith("?=") or not symbol.gradient):
                yield key
        elif (
            draft.network.slot(scope, key) in draft.remade
            or (is_odd and key not in found and symbol.has_layer and not symbol.gradient)
            or (scope.code and key not in found and _is_made_elsewhere(draft, scope, symbol))
            or (
                scope.code
                and key not in found
                and VERSION in key
                and draft.network.slot(scope, key) in draft.silent
            )
        ):
            yield key


def _is_made_elsewhere(draft: Draft, scope: Scope, symbol: Symbol) -> bool:
    """Say whether another function makes what a convention has a shape for, `X = pad(x)`, and nothing tells which."""
    if symbol.flags & UNDECLARED or symbol.gradient or symbol.has_layer or VERSION in symbol.key:
        return False
    made = (one for one in draft.network.slots(word_of(symbol)) if VERSION in one[1])
    return any(draft.store.shapes.get(one) is None for one in made)


def _is_odd(draft: Draft) -> bool:
    """Say whether the program numbers something else than layers: a numbered name is not what it suggests."""
    dropped = [
        one.symbols[key]
        for one in draft.network.scopes
        for key in draft.dropped[one.number]
        if len(draft.store.shapes.get(draft.network.slot(one, key)) or ()) == 2
    ]
    return any(one.has_layer and one.base in "WZAwza" for one in dropped)


def _own(draft: Draft, scope: Scope) -> Iterator[str]:
    """Yield gradients of what a program does not have: there a name is what is made of it."""
    called = {line.target.key for line in scope.lines if line.target is not None and calls_program(line)}
    filled = {line.target.key for line in scope.lines if line.target is not None and line.fills}
    on_the_way = frozenset(_on_the_way(scope))
    for key, symbol in scope.symbols.items():
        if (scope.number, key) in draft.own_names or key in on_the_way:
            yield key
        elif scope.code and symbol.gradient and _says_nothing(draft, scope, key):
            # `dA2 = np.random.randn(n, m)` is handed to others
            given = key in filled and key not in scope.objects
            if key in scope.asserted or given or (key in called and not symbol.has_layer):
                yield key  # its line, and what is asserted behind it, say what it is
                continue
            declared = None if symbol.flags & UNDECLARED else scope.section.names.declared(symbol)
            if declared is None or symbol.has_layer or not (VERSION in key or PARAMETER in key):
                continue
            lower = is_anyones(symbol.base) and symbol.base != "b"
            begun = any(other.startswith("?=") for other in scope.words.get(symbol.object_key, ()))
            if begun or lower or (declared.shapes[0] == () and symbol.base != "b"):
                yield key
        elif not scope.code or symbol.gradient or symbol.flags & UNDECLARED:
            continue
        elif (
            is_anyones(symbol.base)
            and not symbol.has_layer
            and (symbol.base not in "mb" or (symbol.base == "b" and key in called))
        ):
            yield key


def _on_the_way(scope: Scope) -> Iterator[str]:
    """Yield what a program makes another array of the same name from: in `dW = X.T @ dW`, dW is not yet that of W."""
    for line in scope.lines if scope.code else ():
        for pair in line.pairs if line.target is not None else ():
            for one in (pair.left.symbol, pair.right.symbol):
                if one is not None and pair.sign is not STAR and _is_made_from(line.target, one):
                    yield one.key


def _is_made_from(target: Symbol | None, one: Symbol) -> bool:
    """Say whether two names are one variable before and after an assignment."""
    return target is not None and one.key != target.key and variable_of(one.key) == variable_of(target.key)


def _says_nothing(draft: Draft, scope: Scope, key: str) -> bool:
    """Say whether what a name is the gradient of tells nothing: the program does not have it, or not its shape."""
    of = scope.objects.get(key)
    return of is None or (is_anyones(scope.symbols[key].base) and draft.store.shapes.get(of) is None)


def _is_number(draft: Draft, scope: Scope, symbol: Symbol) -> bool:
    """Say whether a name stands for a size: the document writes shapes with it, or counts with it."""
    slot = draft.network.stands_for(scope, symbol)
    if slot in draft.network.calculus or slot in draft.network.scales:
        return True
    if symbol.gradient or symbol.key in scope.objects:
        return False
    if slot in draft.network.roots and not symbol.has_layer:
        return True
    layered = "[" in symbol.key  # `e[l]`, which is no n[l]
    if (scope.code or layered) and (slot in draft.network.sided or slot in draft.network.factors):
        return False  # it is transposed, or a factor of a matrix product
    if slot in draft.network.upright:
        return False  # `h` of `U h` is no size, though U is (h, h)
    if scope.code and symbol.key.startswith("?"):
        return scope.is_scalar(symbol)  # which of its assignments is meant, nothing says
    if not symbol.flags & UNDECLARED and not (scope.code and not symbol.has_layer and symbol.base.isalpha()):
        return False
    letter = letter_of(symbol)
    if not isinstance(letter, str) or _is_given_again(scope, symbol, letter):
        return False
    if draft.network.slot(scope, symbol.key) in draft.network.divisors:
        return True
    known = any(letter in draft.letters[one.number] for one in scope.chain())
    marked = draft.store.marks.get(letter) is not None
    if not symbol.flags & UNDECLARED:
        return known and marked
    return letter == "m" or known or marked


def _is_given_again(scope: Scope, symbol: Symbol, letter: str) -> bool:
    """Say whether a name that was a number is what a function gives here: `output = 1`, `output, c = forward(X)`."""
    return (
        scope.code
        and VERSION in symbol.key
        and any(one.size == letter for one in scope.section.said.equations)
        and any(line.target is symbol and calls_program(line) for line in scope.lines)
    )


def _at_other_layer(draft: Draft, scope: Scope, key: str, found: Mapping[str, Found]) -> Found | None:
    """A name of layer l + 1 has the shape of the one of layer l, moved by a layer."""
    match = _LETTERED.match(key)
    symbol = scope.symbols[key]
    if (
        match is None
        or symbol.gradient
        or key in scope.objects
        or conventional(draft, scope, symbol) is not None
    ):
        return None
    for other in found:
        if (beside := _LETTERED.match(other)) is not None and beside["base"] == match["base"]:
            step = int(match["step"] or 0) - int(beside["step"] or 0)
            shape = tuple(_moved(size, step) for size in found[other].shape)
            if step and ANY not in shape:
                return found[other]._replace(shape=shape, others=())
    return None


def _moved(size: Size, step: int) -> Size:
    """Return a size that is so many layers on, ANY where it is none of a layer, nor of the examples."""
    layer = layer_of(size) if isinstance(size, str) else None
    if layer is not None and layer.base == "l":
        return layer_size(Layer("l", layer.offset + step))
    return size if size in (1, "m") or is_one_or_all(size) else ANY
