"""What one scope hands on to others: a name of which its own says nothing is what the same word is elsewhere."""

from shapelint.infer.solution import DEFINED, STATED
from shapelint.judge.draft import Draft
from shapelint.judge.hints import is_anyones, word_of
from shapelint.judge.scopes import Scope
from shapelint.judge.store import Slot
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import Size, Unknown, resolve
from shapelint.symbol import UNDECLARED, VERSION, Symbol
from shapelint.tree import Name, bare


def hand_on(draft: Draft) -> frozenset[Slot]:
    """A name that its own scope says nothing of is what the same word is elsewhere; return those that got a shape."""
    handed: set[Slot] = set()
    made = _made_of_same_word(draft)
    for scope in draft.network.scopes:
        for key, symbol in scope.symbols.items():
            slot = draft.network.slot(scope, key)
            if draft.store.shapes.get(slot) is not None or not _may_be_handed(draft, scope, slot, symbol):
                continue
            shape = _elsewhere(draft, slot, word_of(symbol), made.get(slot, frozenset()))
            if shape is not None:
                draft.store.set(slot, shape)
                draft.grades.setdefault(slot, DEFINED)
                handed.add(slot)
    return frozenset(handed)


def hand_on_odd(draft: Draft) -> None:
    """A name of the convention that means something else in one function means it in the others, too."""
    odd: dict[str, list[Shape]] = {}
    for scope in draft.network.scopes:
        for key in draft.dropped[scope.number]:
            shape = draft.store.shapes.get(draft.network.slot(scope, key))
            word = word_of(scope.symbols[key])
            if shape and not _is_flipped(draft, scope, shape):
                continue
            if shape and word in ("X", "x", "Y", "y"):
                odd.setdefault(word, []).append(shape)
    for scope in draft.network.scopes:
        for key, symbol in scope.symbols.items():
            slot = draft.network.slot(scope, key)
            shapes = odd.get(word_of(symbol), [])
            if not shapes or draft.store.shapes.get(slot) is not None or slot in draft.network.defined:
                continue
            if all(_is_same(shapes[0], one) for one in shapes) and not key.startswith("?"):
                draft.store.set(slot, shapes[0])


def _may_be_handed(draft: Draft, scope: Scope, slot: Slot, symbol: Symbol) -> bool:
    if slot[1].startswith("?") or symbol.gradient or slot in draft.network.defined or slot[0] != scope.number:
        return False
    if slot in draft.network.backward or symbol.key in scope.objects:
        return False
    if scope.code and scope.section.facts.own.find(word_of(symbol), symbol.layer) is not None:
        return False  # the `v` of a docstring is not that of another function
    if not symbol.flags & UNDECLARED:
        capital = symbol.base[:1].isupper()
        told = scope.code and (_is_stated(draft, word_of(symbol)) or _is_made(draft, word_of(symbol)))
        if symbol.has_layer or (capital and not told):
            return False  # the convention says what it is, in the letters that all functions share
    return not scope.code or VERSION not in slot[1] or slot not in draft.grades


def _made_of_same_word(draft: Draft) -> dict[Slot, frozenset[Slot]]:
    """Return what is made of a name under the same word, as `Wx` of `self.Wx[:, 2 * H:]`: that is another array."""
    made: dict[Slot, frozenset[Slot]] = {}
    for scope in draft.network.scopes:
        for line in scope.lines:
            if line.target is None or isinstance(bare(line.formula.parts[-1]), Name):
                continue
            target = draft.network.slot(scope, line.target.key)
            for one in line.used:
                if word_of(one) == word_of(line.target):
                    slot = draft.network.slot(scope, one.key)
                    made[slot] = made.get(slot, frozenset()) | {target}
    return made


def _elsewhere(draft: Draft, slot: Slot, word: str, others: frozenset[Slot]) -> MaybeShape:
    """Return the shape that a word has elsewhere, where it has one; `others` are other arrays of that word."""
    if draft.network.code and any(one in draft.remade for one in draft.network.slots(word)):
        return None  # it has a third axis somewhere
    shapes = [
        shape
        for other in draft.network.slots(word)
        if other != slot
        and other not in others
        and other not in draft.network.picked
        and not draft.network.are_strangers(slot[0], other[0])
        and not _is_spelled_otherwise(draft, slot, other)
        and (shape := draft.store.shapes.get(other)) is not None
    ]
    shapes.sort(key=_open_sizes)
    alike = _is_same if is_anyones(word) else _may_be_same
    if not shapes or any(not alike(shapes[0], one) for one in shapes[1:]):
        return None
    if any(map(is_number_of_units, shapes[0])):
        return None  # the numbers of one call
    if not draft.network.code and is_anyones(word) and not _is_stated(draft, word):
        return None  # `x` and `z` of another section
    return shapes[0]


def _is_spelled_otherwise(draft: Draft, slot: Slot, other: Slot) -> bool:
    """Say whether one name has its layer above, and the other below."""
    one, two = (draft.network.scopes[number].raised.get(key) for number, key in (slot, other))
    return one is not None and two is not None and one is not two


def _is_stated(draft: Draft, word: str) -> bool:
    """Say whether the document states the shape of a name that is this word."""
    return any(draft.grades.get(one) == STATED for one in draft.network.slots(word))


def _is_made(draft: Draft, word: str) -> bool:
    """Say whether a function of a program makes what has this word of something else: `X = np.hstack((h, x))`."""
    return any(
        VERSION in one[1] and draft.store.shapes.get(one) is not None for one in draft.network.slots(word)
    )


def _is_flipped(draft: Draft, scope: Scope, shape: Shape) -> bool:
    """Say whether data lie the other way round than the weights take them: the examples, or the inputs, tell."""
    letters = draft.letters[scope.number]
    axis = draft.worlds[scope.number].examples_axis
    usual = {axis: letters.get("n[0]"), 1 - axis: letters.get("m")}
    return len(shape) == 2 and any(
        size is not None and resolve(size) is resolve(shape[place]) for place, size in usual.items()
    )


def _is_same(one: Shape, other: Shape) -> bool:
    return len(one) == len(other) and all(resolve(a) == resolve(b) for a, b in zip(one, other, strict=True))


def _may_be_same(known: Shape, one: Shape) -> bool:
    """Say whether a shape is another as far as it is known: `H` of a function that nothing is told of, but its rank."""
    return len(known) == len(one) and all(
        resolve(a) == resolve(b) or isinstance(resolve(b), Unknown) for a, b in zip(known, one, strict=True)
    )


def _open_sizes(shape: Shape) -> int:
    return sum(isinstance(resolve(size), Unknown) for size in shape)


def is_number_of_units(size: Size) -> bool:
    """Say whether a size is a number that counts units: that of one call says nothing elsewhere."""
    value = resolve(size)
    return isinstance(value, int) and value != 1
