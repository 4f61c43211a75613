"""What the convention says of names comes last: it is taken only where it makes nothing one that is kept apart."""

from collections.abc import Iterator

from shapelint.declared import As, Declared
from shapelint.judge.draft import Draft
from shapelint.judge.scopes import Scope
from shapelint.judge.store import is_second
from shapelint.shapes import Shape
from shapelint.sizes import ANY, Size, Unknown, is_one_or_all, layer_of, resolve
from shapelint.symbol import UNDECLARED, Symbol


def take_convention(draft: Draft, scope: Scope) -> None:
    """Bring in what the convention says of names, where it makes nothing one that is kept apart."""
    draft.store.guarded = True
    dropped = draft.dropped[scope.number] = []
    waiting: list[tuple[str, Symbol, Shape, Declared]] = []
    for key, symbol in scope.symbols.items():
        slot = draft.network.slot(scope, key)
        shape = draft.store.shapes.get(slot)
        declared = conventional(draft, scope, symbol)
        here = slot[0] == scope.number and slot not in draft.turned
        if shape and declared is not None and here and not symbol.gradient:
            waiting.append((key, symbol, shape, declared))
    for open_ones in (False, True):
        for key, symbol, shape, declared in waiting:
            if _has_choice(declared) is open_ones and not _take(draft, scope, symbol, shape, declared):
                dropped.append(key)
    dropped += _odd_biases(draft, scope)
    _double(draft, scope)
    draft.store.guarded = False


def _odd_biases(draft: Draft, scope: Scope) -> Iterator[str]:
    """Yield what is only added to others, and as its name says has another size: `W1 X + b2`."""
    for key, symbol in scope.symbols.items():
        slot = draft.network.slot(scope, key)
        shape = draft.beneath.get(slot)
        declared = conventional(draft, scope, symbol)
        if (
            shape is None
            or declared is None
            or draft.store.shapes.get(slot) is not None
            or not symbol.has_layer
        ):
            continue
        templates = [one for one in declared.shapes if isinstance(one, tuple) and not isinstance(one, As)]
        alike = [one for one in templates if len(one) == len(shape)]
        if alike and not any(_lies_below(draft, scope, symbol, one, shape) for one in alike):
            yield key


def _lies_below(draft: Draft, scope: Scope, symbol: Symbol, template: Shape, shape: Shape) -> bool:
    """Say whether each size is 1, is that of the sum, or one that has no other letter of the convention."""
    for size, usual in zip(shape, template, strict=True):
        letters = draft.letters[scope.number].items()
        named = {letter for letter, one in letters if resolve(one) == resolve(size) and layer_of(letter)}
        letter = draft.size(scope, usual, symbol.layer)
        if resolve(usual) != 1 and named and resolve(letter) != resolve(size):
            return False
    return True


def conventional(draft: Draft, scope: Scope, symbol: Symbol) -> Declared | None:
    """Return what the convention says of a name, None where that is nothing, or that it is a number."""
    known, layer = draft.known[scope.number], symbol.layer
    if symbol.flags & UNDECLARED or (layer is not None and layer.base == "λ"):
        return None
    declared = known.find(symbol.base, layer)
    if declared is None or not declared.shapes[0]:
        return None
    return None if isinstance(declared.shapes[0], As) else declared


def _take(draft: Draft, scope: Scope, symbol: Symbol, shape: Shape, declared: Declared) -> bool:
    for template in declared.shapes:
        if not isinstance(template, tuple) or isinstance(template, As) or len(template) != len(shape):
            continue
        mark = draft.store.mark()
        pairs = zip(shape, template, strict=True)
        if all([_take_size(draft, scope, symbol, size, usual) for size, usual in pairs]):  # noqa: C419 - takes all
            return True
        draft.store.undo(mark)
    return False


def _take_size(draft: Draft, scope: Scope, symbol: Symbol, size: Size, usual: Size) -> bool:
    if isinstance(usual, str) and layer_of(usual) is None and usual != "m" and not is_one_or_all(usual):
        # `n_a` is the size of two axes of one weight in a recurrent cell
        return _unify_unguarded(draft, size, draft.size(scope, usual, symbol.layer))
    if is_one_or_all(usual):
        size = resolve(size)
        if is_second(size):
            return True
        if isinstance(size, Unknown) and size is not ANY:
            return draft.store.unify(size, usual)
        return not isinstance(size, str) or layer_of(size) is None
    if usual == "m" and draft.one_or_all:
        return True
    letter = draft.size(scope, usual, symbol.layer)
    if usual == "m" and scope.code and _is_free(draft, size):
        return _unify_unguarded(draft, size, letter)  # each function is given examples of its own
    if (
        resolve(size) == 1
        and symbol.base in ("Y", "y", "yhat", "Yhat")
        and isinstance(resolve(letter), Unknown)
    ):
        return True  # labels of one unit: how wide the last layer is, its weights say
    return draft.store.unify(size, letter)


def _unify_unguarded(draft: Draft, size: Size, letter: Size) -> bool:
    """Make two sizes one, though both are of one component."""
    draft.store.guarded = False
    try:
        return draft.store.unify(size, letter)
    finally:
        draft.store.guarded = True


def _is_free(draft: Draft, size: Size) -> bool:
    """Say whether nothing names a size: no letter of a scope is known to be it."""
    size = resolve(size)
    if not isinstance(size, Unknown) or size.name:
        return False
    return all(resolve(one) is not size for letters in draft.letters for one in letters.values())


def _double(draft: Draft, scope: Scope) -> None:
    """Two layers of one size are a coincidence, unless the output is as wide as the input."""
    seen: dict[object, str] = {}
    last = draft.last[scope.number]
    found = draft.doubled[scope.number] = []
    for letter, size in draft.letters[scope.number].items():
        index = layer_of(letter)
        if index is None or index.base:
            continue
        value = resolve(size)
        if isinstance(value, int):
            continue
        key = id(value) if isinstance(value, Unknown) else value
        other = seen.setdefault(key, letter)
        if other != letter and {_index_of(other), index.offset} != {0, last}:
            found.append((other, letter))


def _has_choice(declared: Declared) -> bool:
    shape = declared.shapes[0]
    return isinstance(shape, tuple) and any(isinstance(size, str) and is_one_or_all(size) for size in shape)


def _index_of(letter: str) -> int:
    """Return the number of the layer whose size a letter is."""
    layer = layer_of(letter)
    return layer.offset if layer is not None else -1
