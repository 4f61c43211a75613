"""Sizes that are still unknown, the names that have them, which sizes may not be one: a store that can be taken back.

A size is an int, a letter, a sum of those, or an Unknown, which is bound once it is known.
"""

from typing import NamedTuple, TypeAlias

from shapelint.infer.apart import NONE, Marks, apart
from shapelint.shapes import MaybeShape, Shape
from shapelint.sizes import ANY, Polynomial, Size, Unknown, add, is_own, replace, resolve

# A name of a scope: the number of the scope that it belongs to, and its key.
Slot: TypeAlias = tuple[int, str]
TOGETHER = "stated"  # begins the mark of letters that are stated together
OPEN = "?"  # the name of a size that no line tells, such as one that a reshape leaves over
_MISSING = "missing"


class Mark(NamedTuple):
    """How far the store had come, to go back to."""

    bound: int
    shapes: int
    marks: int
    joined: int


class Store:
    """The shapes of the names of a document while they are worked out."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.shapes: dict[Slot, MaybeShape] = {}
        self.marks: dict[object, Marks] = {}
        self.numbers: set[int] = set()  # those that stand where a letter does
        self.guarded = False  # while names are brought in: no size of a component may become another of it
        self._bound: list[Unknown] = []
        self._set: list[tuple[Slot, MaybeShape | str]] = []
        self._marked: list[tuple[object, Marks | None]] = []
        self._sums: list[tuple[Size, Size, Unknown]] = []
        self._joined: dict[
            str, Size
        ] = {}  # letters that turned out to be another, in the order in which they did

    def mark(self) -> Mark:
        """Return how far things are."""
        return Mark(len(self._bound), len(self._set), len(self._marked), len(self._joined))

    def undo(self, mark: Mark) -> None:
        """Take back everything since a mark."""
        while len(self._bound) > mark.bound:
            self._bound.pop().bound = None
        while len(self._set) > mark.shapes:
            slot, before = self._set.pop()
            if isinstance(before, str):
                del self.shapes[slot]
            else:
                self.shapes[slot] = before
        while len(self._marked) > mark.marks:
            size, old = self._marked.pop()
            if old is None:
                del self.marks[size]
            else:
                self.marks[size] = old
        while len(self._joined) > mark.joined:
            self._joined.popitem()

    def set(self, slot: Slot, shape: MaybeShape) -> None:
        """Give a name a shape; None says that nothing is known of it."""
        self._set.append((slot, self.shapes.get(slot, _MISSING)))
        self.shapes[slot] = shape

    def belong(self, size: Size, marks: Marks) -> None:
        """Say to which components a size belongs, besides those that it is in already."""
        size = self.value(size)
        if size == 1 or size in self.numbers:
            return  # a number that a forward line takes for a letter may be any
        key = _key(size)
        before = self.marks.get(key)
        if before is not None and marks <= before:
            return
        self._marked.append((key, before))
        self.marks[key] = marks if before is None else before | marks

    def marks_of(self, size: Size) -> Marks:
        """Return the components of a size."""
        return self.marks.get(_key(self.value(size)), NONE)

    def value(self, size: Size) -> Size:
        """Return what a size is: what an Unknown was found to be, the letter that another turned out to be."""
        size = resolve(size)
        before = None
        while self._joined and size != before and not isinstance(size, Unknown):
            size, before = replace(size, self._joined), size
        return size

    def unify(self, left: Size, right: Size) -> bool:
        """Make two sizes one; return whether they may be."""
        left, right = self.value(left), self.value(right)
        if left is right or left is ANY or right is ANY or left == right:
            return True
        if isinstance(left, Unknown):
            return self._bind(left, right)
        if isinstance(right, Unknown):
            return self._bind(right, left)
        if (letters := _letters(left, right)) is not None:
            return self.unify(*letters)
        if self.apart(left, right):
            return False
        self.numbers.update(size for size in (left, right) if isinstance(size, int))
        if isinstance(left, str) and isinstance(right, str) and is_own(left) and is_own(right):
            self._join(left, right)
        return True

    def _join(self, left: str, right: str) -> None:
        """Make one of two letters that nothing keeps apart: `D` of `N, D = X.shape`, and the constructor's `n_in`."""
        marks = self.marks_of(right)
        self._joined[right] = left
        self.belong(left, marks)

    def unify_all(self, left: Shape, right: Shape) -> bool:
        """Make two shapes of one rank one; return whether they may be."""
        if len(left) != len(right):
            return False
        fits = [self.unify(one, other) for one, other in zip(left, right, strict=True)]
        return all(fits)  # each is made one, whatever does not fit

    def try_to_unify(self, left: Shape, right: Shape) -> bool:
        """Make two shapes one if they may be; otherwise leave both as they are. Return whether they are one."""
        mark = self.mark()
        fits = self.unify_all(left, right)
        if not fits:
            self.undo(mark)
        return fits

    def apart(self, left: Size, right: Size) -> bool:
        """Say whether two known sizes are surely different."""
        return apart(left, right, self.marks, code=True)

    def sum(self, left: Size, right: Size) -> Size:
        """Return the size of two parts side by side: one and the same for the same parts."""
        left, right = self.value(left), self.value(right)
        if not isinstance(left, Unknown) and not isinstance(right, Unknown):
            return add(left, right)
        if left is ANY or right is ANY:
            return ANY
        for one, other, total in self._sums:
            if resolve(one) == left and resolve(other) == right:
                return total
        total = Unknown()
        self._sums.append((left, right, total))
        return total

    def rest(self, part: Size, total: Size) -> Size:
        """Return what makes up a size together with a part of it, which is not told: one and the same each time."""
        value = resolve(total)
        if value is ANY or not isinstance(value, Unknown):
            return ANY
        for one, other, whole in self._sums:
            if resolve(whole) is value and resolve(one) == part:
                return other
        left = Unknown()
        self._sums.append((part, left, value))
        return left

    def parts(self, size: Size) -> tuple[Size, Size] | None:
        """Return what a size is the sum of, None where it is none."""
        value = resolve(size)
        return next(((one, other) for one, other, total in self._sums if resolve(total) is value), None)

    def settle_sums(self) -> None:
        """Sums of the same parts are one size."""
        for one, other, total in self._sums:
            whole = resolve(total)
            if isinstance(one, int) and not isinstance(whole, Unknown):
                left = add(whole, one, -1)
                if left is not ANY and left != 0:
                    self.unify(other, left)
        for place, (one, other, total) in enumerate(self._sums):
            for first, second, same_total in self._sums[:place]:
                if resolve(first) == resolve(one) and resolve(second) == resolve(other):
                    self.unify(total, same_total)
                elif resolve(first) == resolve(one) == 1 and resolve(total) is resolve(same_total):
                    self.unify(other, second)

    def _bind(self, unknown: Unknown, size: Size) -> bool:
        if isinstance(size, int) and is_second(unknown):
            return True  # a letter of the document's is no number, though it may be that of one call
        if unknown.name and any(map(_is_stated, self.marks_of(unknown) & self.marks_of(size))):
            return False  # two letters of one statement are two sizes
        if size == "m" and is_second(unknown):
            return False  # the examples are no units
        if unknown.name == "m" and isinstance(size, str) and self.marks_of(unknown) & self.marks_of(size):
            return False  # a program that has both, m and n, keeps them apart
        if unknown.name and isinstance(size, Unknown):
            if not size.name or size.name == OPEN:
                unknown, size = size, unknown  # the letter stays
            elif ("m" in (unknown.name, size.name)) and unknown.name not in (size.name, OPEN):
                return False  # the examples are no units
            elif is_second(unknown) and not is_second(size):
                unknown, size = size, unknown
        if self.guarded:
            one, other = self.marks_of(unknown), self.marks_of(size)
            if one & other:
                return False
            if one:
                self.belong(size, one)
        self._bound.append(unknown)
        unknown.bound = size
        return True


def is_second(size: Size) -> bool:
    """Say whether a size is a letter of a docstring that no variable has: it may be a second name of one."""
    return isinstance(size, Unknown) and size.name not in ("", OPEN) and is_own(size.name)


def _letters(left: Size, right: Size) -> tuple[str, str] | None:
    """Return the two letters by which sums differ, `n` and `d` of `n + 1` and `d + 1`; None where it is more."""
    if not isinstance(left, Polynomial) or not isinstance(right, Polynomial):
        return None
    match add(left, right, -1):
        case Polynomial((((str(one),), 1), ((str(other),), -1))):
            return one, other
        case Polynomial((((str(one),), -1), ((str(other),), 1))):
            return other, one
    return None


def _is_stated(mark: object) -> bool:
    """Say whether a mark is that of letters which are stated together."""
    return isinstance(mark, tuple) and mark[0] == TOGETHER


def _key(size: Size) -> object:
    return id(size) if isinstance(size, Unknown) else size
