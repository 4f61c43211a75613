"""Whose gradient a name is: its own word says so, `dW` and `grad_W`, or the name that a line changes by it does."""

from collections.abc import Sequence

from shapelint.judge.hints import is_anyones, is_spelled_as_gradient, objects_of
from shapelint.judge.homes import Homes, function_of
from shapelint.judge.lines import Line, axes_filled
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.symbol import UNDECLARED, VERSION, Symbol, is_kept, variable_of
from shapelint.tree import Call, Name, Node, Number, Power, Product, Sum, bare

_WEIGHT = 2  # axes of a weight
# What a function works out on its way, whatever others call so: `dsum`, `dprod`.
_OPERATIONS = frozenset(("sum", "prod", "mean", "max", "min", "dot", "exp", "log", "out"))


def find_objects(homes: Homes) -> None:
    """Note in every scope which of its names are gradients, and of what."""
    _find_by_words(homes)
    _find_by_steps(homes)


def _find_by_words(homes: Homes) -> None:
    for scope in homes.scopes:
        made = {line.target.key for line in scope.lines if line.target is not None}
        no_gradients = {
            line.target.key for line in scope.lines if line.target is not None and _is_count(line)
        }
        no_gradients.update(one.key for one in scope.lengths)  # `d_k` of `np.zeros((d_k, n))`
        no_gradients.update(
            line.target.key for line in scope.lines if line.target is not None and _is_laid_out_anew(line)
        )
        # one gradient for each step of time, which others add up
        no_gradients.update(
            one.target.key for one in scope.lines if one.target is not None and axes_filled(one) > _WEIGHT
        )
        for key, symbol in scope.symbols.items():
            if key.startswith("?") or key in no_gradients or _is_of_b_or_of_a_matrix(scope, symbol):
                continue
            words = objects_of(symbol)
            for word in words if key in made or scope.code else words[:1]:  # `d_k` is the size of a key
                found = _object(homes, scope, key, word)
                if found is not None:
                    scope.objects[key] = found
                    break


def _is_of_b_or_of_a_matrix(scope: Scope, symbol: Symbol) -> bool:
    """Say whether `dB` may be the gradient of b or of the B that an earlier section makes: it is read alike."""
    if not symbol.gradient or symbol.object_key != "b[λ]" or "B" in scope.section.names.assigned:
        return False
    return any("B" in one.makes for one in scope.chain())


def _find_by_steps(homes: Homes) -> None:
    """What a name is changed by has its shape: `weights -= rate * dw` says whose gradient `dw` is."""
    for scope in homes.scopes:
        assigned = {line.target.key for line in scope.lines if line.target is not None and not line.updates}
        for line in scope.lines:
            if line.target is None or not line.updates or line.target.key.startswith("?"):
                continue
            if line.adds and line.formula.signs[0][2] not in ("+=", "-="):
                continue
            if line.target.gradient or (line.target.key in assigned and _is_sum(scope, line.target)):
                continue  # `dW += reg * W` adds the gradient of a penalty, `dbh += dz` that of one step
            for term in _terms(line):
                step = _step(term)
                if step is None or step.key == line.target.key or step.key.startswith("?"):
                    continue
                if step.gradient or step.key in assigned:
                    scope.objects.setdefault(step.key, homes.slot(scope, line.target.key))


def _is_sum(scope: Scope, symbol: Symbol) -> bool:
    """Say whether a function adds up gradients in a variable of its own, by its name: `dbh = dbh + dz`."""
    return scope.code and bool(function_of(symbol.key)) and is_spelled_as_gradient(symbol)


def _is_laid_out_anew(line: Line) -> bool:
    """Say whether a variable becomes itself in another shape: `dout = dout.transpose(1, 2, 3, 0).reshape(F, -1)`."""
    value = bare(line.formula.parts[-1])
    calls = 0
    while isinstance(value, Call) and value.function in ("reshaped", "transposed") and value.arguments:
        value, calls = bare(value.arguments[0]), calls + 1
    if not calls or line.target is None or not isinstance(value, Name):
        return False
    return VERSION in line.target.key and variable_of(value.symbol.key) == variable_of(line.target.key)


def _is_count(line: Line) -> bool:
    """Say whether a name is given a number that is made of sizes: `d_k = K.shape[-1] ** 0.5`."""
    waiting = list(line.formula.parts[1:])
    while waiting:
        match bare(waiting.pop()):
            case Number() | Call(function="size_along" | "scalar"):
                pass
            case Call(function="elementwise", arguments=arguments):
                waiting += arguments
            case Product(factors=factors):
                waiting += factors
            case Power(base=base, exponent=exponent):
                waiting += (base, exponent)
            case _:
                return False
    return True


def _object(homes: Homes, scope: Scope, key: str, word: str) -> Slot | None:
    for one in scope.chain():
        keys = [other for other in one.words.get(word, ()) if other != key and not other.startswith("?")]
        if scope.code and not (scope.symbols[key].flags & UNDECLARED):
            keys = [other for other in keys if _is_together(other, key)]
        if keys:
            order = list(one.symbols)
            place = order.index(key) if key in one.symbols else len(order)
            before = [other for other in keys if order.index(other) < place]
            slot = homes.slot(one, before[-1] if before else keys[0])
            # of `emb`, which is laid out anew before it is kept, nobody knows which is meant
            return None if is_kept(slot[1]) and _is_made_again(homes, word) else slot
    symbol = scope.symbols[key]
    known = not symbol.flags & UNDECLARED
    here = symbol.has_layer or VERSION not in key or symbol.base not in ("Z", "z", "A", "a")
    if not homes.code or (known and here):
        return None  # another function's layer: the convention says what it is
    if (is_anyones(word) and word != "b") or word in _OPERATIONS:
        return None  # each function has its own
    if known and any(slot[1].startswith("?") for slot in homes.slots(word)):
        return None  # of the A of a loop over the layers, nobody knows which is meant
    slots = [
        slot
        for slot in homes.slots(word)
        if not slot[1].startswith("?") and not homes.are_strangers(scope.number, slot[0])
    ]
    return slots[-1] if slots else None


def _is_made_again(homes: Homes, word: str) -> bool:
    """Say whether a function makes several arrays under one word."""
    makers = [function_of(key) for _, key in homes.slots(word) if VERSION in key and not is_kept(key)]
    return any(makers.count(one) > 1 for one in makers if one)


def _is_together(one: str, other: str) -> bool:
    """Say whether two names of a layer are of one function, or one of them is an object's: others share no arrays."""
    homes = [function_of(key) for key in (one, other)]
    return not all(homes) or homes[0] == homes[1]


def _terms(line: Line) -> Sequence[Node]:
    """Return the terms of what changes a name."""
    value = bare(line.formula.parts[1])
    return value.terms if isinstance(value, Sum) else (value,)


def _step(term: Node) -> Symbol | None:
    """Return the name that a term is a multiple of: `dw` of `rate * dw`, None where it is not one name alone."""
    inner = bare(term)
    if isinstance(inner, Name):
        return inner.symbol if inner.symbol.gradient or objects_of(inner.symbol) else None
    if not isinstance(inner, Product):
        return None
    names = [bare(factor) for factor in inner.factors]
    if not all(isinstance(one, Name | Number) for one in names):
        return None
    symbols = [one.symbol for one in names if isinstance(one, Name)]
    telling = [one for one in symbols if one.gradient or objects_of(one) or VERSION in one.key]
    return telling[-1] if len(telling) == 1 else None
