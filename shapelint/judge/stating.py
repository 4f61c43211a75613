"""What a document states before any line is worked out: declarations, equations of sizes, columns by their spelling."""

from collections.abc import Mapping

from shapelint.declared import As
from shapelint.judge.draft import Draft
from shapelint.judge.hints import letter_of, word_of
from shapelint.judge.homes import function_of
from shapelint.judge.scopes import Scope
from shapelint.judge.store import TOGETHER
from shapelint.sizes import OF_THE_FIELD, Size, Unknown, atoms, is_one_or_all, layer_of
from shapelint.symbol import UNDECLARED, Symbol


def state(draft: Draft, scope: Scope) -> None:
    """Bring in what declarations and equations say of sizes."""
    letters = draft.letters[scope.number]
    said = scope.section.said
    functions = _functions_of_letters(scope)  # a function has letters of its own
    for place, one in enumerate(said.declared):
        together = (TOGETHER, scope.number, place if scope.code else 0)
        for shape in one.shapes:
            if isinstance(shape, tuple) and not isinstance(shape, As):
                for letter in (atom for size in shape for atom in atoms(size)):
                    if not is_one_or_all(letter):
                        size = _stated_letter(draft, scope, letter, one.prose)
                        draft.store.belong(size, frozenset((together, *functions.get(letter, ()))))
    for size in map(letter_of, scope.lengths):
        if isinstance(size, str) and size in functions:
            draft.store.belong(draft.letter(scope, size), frozenset(functions[size]))
    for equation in said.equations:
        if isinstance(equation.size, str):
            value = equation.values[0]
            if equation.size != "L":
                letters[equation.size] = draft.size(scope, value)


def _stated_letter(draft: Draft, scope: Scope, letter: str, prose: bool) -> Size:
    """Return the size of a letter that is stated.

    What no variable of a program is called, as a docstring's `hidden_dim`, may be a second name of what one is called.
    """
    letters = draft.letters[scope.number]
    if not prose or letter in draft.network.measured or layer_of(letter) or letter in OF_THE_FIELD:
        return letters.setdefault(letter, letter)
    for one in scope.chain():
        if letter in draft.letters[one.number]:
            return draft.letters[one.number][letter]
    return letters.setdefault(letter, Unknown(letter))


def _functions_of_letters(scope: Scope) -> Mapping[Size, set[tuple[str, int, str]]]:
    """Return the functions of a program that have a letter as a variable."""
    found: dict[Size, set[tuple[str, int, str]]] = {}
    for symbol in scope.symbols.values() if scope.code else ():
        home = function_of(symbol.key)
        if home:
            found.setdefault(letter_of(symbol), set()).add(("function", scope.number, home))
    return found


def make_columns(draft: Draft, scope: Scope) -> None:
    """`w_j^T x_i`, in small letters that count with letters, is the inner product of two columns."""
    for line in scope.lines:
        for pair in line.pairs:
            sides = (pair.left, pair.right)
            if not pair.left.transposed or pair.right.transposed:
                continue
            for side in sides:
                if all(one.symbol is not None and _is_one_of_many(one.symbol) for one in sides):
                    assert side.symbol is not None
                    slot = draft.network.slot(scope, side.symbol.key)
                    if draft.store.shapes.get(slot) is None:
                        draft.store.set(slot, (Unknown(), 1))


def _is_one_of_many(symbol: Symbol) -> bool:
    """Say whether a name of the document's own is a small letter with a letter below it: `w_j`, `x_i`."""
    word = word_of(symbol)
    return (
        bool(symbol.flags & UNDECLARED) and word[:1].islower() and 2 <= len(word) <= 4 and word[1:].isalpha()
    )
