"""How a repair is written: expressions in a writer's hand, brackets where they are needed, the smallest edit."""

import pytest

from shapelint.repair.expressions import (
    ATOM,
    MINUS,
    POWER,
    PRODUCT,
    SUM,
    TIGHT,
    Around,
    Atom,
    Back,
    Brackets,
    Called,
    Expression,
    Front,
    Pair,
    Transposed,
    is_sign,
    opened,
    transpose,
    write,
)
from shapelint.repair.hand_latex import LatexHand
from shapelint.repair.hand_plain import PlainHand
from shapelint.repair.hand_python import PythonHand
from shapelint.repair.joining import together
from shapelint.repair.kinds import ELEMENTWISE, MATRIX, PLUS
from shapelint.repair.replace import replacement
from shapelint.repair.work import Spent, Work
from shapelint.source import Span

PLAIN = PlainHand("", "")
LATEX = LatexHand("", "")


def atom(text: str, level: int = ATOM, plain: str | None = None, scalar: bool = False) -> Atom:
    return Atom(text, level, plain, scalar)


W, X, Z = atom("W"), atom("X"), atom("Z")
SCALED = atom("2", scalar=True)


def times(left: Expression, right: Expression, between: str = " @ ") -> Pair:
    return Pair(MATRIX, between, left, right)


def plus(left: Expression, right: Expression) -> Pair:
    return Pair(PLUS, " + ", left, right)


def tight(left: Expression, right: Expression, between: str = " ") -> Pair:
    return Pair(MATRIX, between, left, right)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (times(W, X), "W @ X"),
        (times(plus(W, X), Z), "(W + X) @ Z"),
        (times(Z, plus(W, X)), "Z @ (W + X)"),
        (times(times(W, X), Z), "W @ X @ Z"),
        (times(W, times(X, Z)), "W @ (X @ Z)"),
        (plus(times(W, X), Z), "W @ X + Z"),
        (plus(W, plus(X, Z)), "W + (X + Z)"),
        (plus(plus(W, X), Z), "W + X + Z"),
        (tight(W, X), "W X"),
        (tight(W, tight(X, Z)), "W (X Z)"),
        (tight(tight(W, X), Z), "W X Z"),
        (tight(times(W, X), Z), "(W @ X) Z"),
        (times(tight(W, X), Z), "W X @ Z"),
        (tight(W, X, ""), "W X"),
        (tight(atom("W'"), X, ""), "W' X"),
        (tight(atom("W_"), X, ""), "W_ X"),
        (tight(atom("Wᵀ"), X, ""), "Wᵀ X"),
        (tight(atom("W"), atom("(X)"), ""), "W (X)"),
        (tight(atom("W"), atom("[X]"), ""), "W [X]"),
        (tight(atom("(W)"), X, ""), "(W)X"),
        (tight(atom("(W)"), atom("(X)"), ""), "(W)(X)"),
        (tight(W, atom(r"\X"), ""), r"W\X"),
        (tight(W, X, r"\,"), r"W\,X"),
        (Front("2 * ", times(W, X)), "2 * W @ X"),
        (Front("2 * ", plus(W, X)), "2 * (W + X)"),
        (Front("2 ", times(W, X)), "2 W @ X"),
        (Front("2 ", times(plus(W, X), Z)), "2 (W + X) @ Z"),
        (Front("2 ", tight(tight(W, X), Z)), "2 W X Z"),
        (Front("2 ", tight(W, X, "")), "2 W X"),
        (Front("2 ", tight(atom("-W", MINUS), X)), "2 (-W) X"),
        (Front("2 ", Pair(ELEMENTWISE, " * ", W, plus(X, Z))), "2 W * (X + Z)"),
        (Front("2 * ", atom("-W", MINUS)), "2 * -W"),
        (Front("2 ", Around("sum ", times(W, X), "", PRODUCT, False)), "2 sum (W @ X)"),
        (Front("2 ", Around("f(", times(W, X), ")", ATOM, False)), "2 f(W @ X)"),
        (times(Front("2 ", W), X), "2 W @ X"),
        (times(X, Front("2 ", W)), "X @ (2 W)"),
        (Back(times(W, X), " / m"), "W @ X / m"),
        (Back(plus(W, X), " / m"), "(W + X) / m"),
        (plus(Back(W, " / m"), X), "W / m + X"),
        (Brackets(plus(W, X)), "(W + X)"),
        (Brackets(Brackets(plus(W, X))), "(W + X)"),
        (Brackets(W, "[", "]"), "[W]"),
        (times(Brackets(plus(W, X)), Z), "(W + X) @ Z"),
        (Around("g(", plus(W, X), ")", ATOM, True), "g(W + X)"),
        (Around(r"\sqrt{", plus(W, X), "}", ATOM, True), r"\sqrt{W + X}"),
        (Around("", plus(W, X), "^2", POWER, True), "(W + X)^2"),
        (Around("", tight(W, X), "^2", POWER, True), "(W X)^2"),
        (Around("", W, "^2", POWER, True), "W^2"),
        (Around("", Around("", W, "^2", POWER, True), "^2", POWER, True), "(W^2)^2"),
        (Around("-", times(W, X), "", MINUS, True), "-(W @ X)"),
        (Around("-", W, "", MINUS, True), "-W"),
        (Called(MATRIX, "np.dot(", plus(W, X), ", ", Z, ")"), "np.dot(W + X, Z)"),
        (Called(MATRIX, "", plus(W, X), ".dot(", plus(X, Z), ")"), "(W + X).dot(X + Z)"),
        (Called(MATRIX, "", W, ".dot(", Z, ")"), "W.dot(Z)"),
        (Transposed(W), "W.T"),
        (Transposed(atom("W.T", POWER, "W")), "W"),
        (Transposed(plus(W, X)), "(W + X).T"),
        (Transposed(Around("", W, "^2", POWER, False)), "(W^2).T"),
        (tight(X, Transposed(W)), "X W.T"),
        (tight(X, Transposed(atom("W'", POWER, "W"))), "X W"),
    ],
)
def test_an_expression_in_plain_text(expression: Expression, text: str) -> None:
    assert write(expression, PLAIN) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (times(W, X), "X.T @ W.T"),
        (Pair(ELEMENTWISE, " * ", W, X), "W.T * X.T"),
        (plus(W, X), "(W + X).T"),
        (times(W, Transposed(X)), "X @ W.T"),
        (Transposed(W), "W"),
        (Front("2 * ", times(W, X)), "2 * X.T @ W.T"),
        (Back(times(W, X), " / m"), "X.T @ W.T / m"),
        (Brackets(times(W, X)), "(X.T @ W.T)"),
        (Around("g(", times(W, X), ")", ATOM, True), "g(X.T @ W.T)"),
        (Around("h(", times(W, X), ")", ATOM, False), "h(W @ X).T"),
        (Called(MATRIX, "np.dot(", W, ", ", X, ")"), "np.dot(X.T, W.T)"),
        (Called(ELEMENTWISE, "np.multiply(", W, ", ", X, ")"), "np.multiply(W.T, X.T)"),
        (SCALED, "2"),
        (times(W, SCALED), "2 @ W.T"),
    ],
)
def test_a_transpose_goes_to_the_leaves(expression: Expression, text: str) -> None:
    assert write(transpose(expression), PLAIN) == text
    assert write(transpose(transpose(expression)), PLAIN) == write(expression, PLAIN)


@pytest.mark.parametrize(
    ("between", "sign"),
    [
        ("", False),
        (" ", False),
        (r"\,", False),
        (r" \quad ~", False),
        (" @ ", True),
        (r"\odot ", True),
        ("*", True),
    ],
)
def test_what_is_a_sign(between: str, sign: bool) -> None:
    assert is_sign(between) is sign


@pytest.mark.parametrize(
    ("least", "text"),
    [(SUM, "W @ X"), (PRODUCT, "W @ X"), (MINUS, "(W @ X)"), (TIGHT, "(W @ X)"), (ATOM, "(W @ X)")],
)
def test_brackets_come_where_something_binds_tighter(least: int, text: str) -> None:
    assert write(times(W, X), PLAIN, least) == text


def test_what_stands_in_brackets() -> None:
    assert opened(Brackets(Brackets(W))) is W
    assert opened(W) is W


@pytest.mark.parametrize(
    ("side", "text", "expected"),
    [
        ("", "W2", "W2.T"),
        ("A'B'", "W2", "W2'"),
        ("Aᵀ", "W2", "W2ᵀ"),
        ("A^T B^T C.T", "W2", "W2^T"),
        ("A^{T}", "W2", "W2^{T}"),
        ("A[1]T", "W2", "W2T"),
        ("A[1]T", "W", "W.T"),
        ("A[1]T", "W[2]", "W[2]T"),
        ("g'(Z1)", "W2", "W2.T"),
    ],
)
def test_a_transpose_as_the_side_has_it(side: str, text: str, expected: str) -> None:
    assert PlainHand("", side).transposed(text) == expected


def test_the_side_goes_before_the_document() -> None:
    assert PlainHand("Aᵀ Bᵀ", "C^T").transposed("W") == "W^T"
    assert PlainHand("Aᵀ Bᵀ", "C").transposed("W") == "Wᵀ"


@pytest.mark.parametrize(
    ("document", "text", "expected"),
    [
        ("", "W", "W^T"),
        ("", "W_2", "W_2^T"),
        ("", r"\frac{a}{b}", r"\left(\frac{a}{b}\right)^T"),
        ("", "W^{[2]}", "W^{[2]T}"),
        ("", "W^{l-1}", "(W^{l-1})^T"),
        ("", "(A B)", "(A B)^T"),
        (r"A^\top", "W", r"W^\top"),
        (r"A^{\top}", "W^{[2]}", r"W^{[2]\top}"),
        (r"{A^{[1]}}^T", "W^{[2]}", "{W^{[2]}}^T"),
    ],
)
def test_a_transpose_in_latex(document: str, text: str, expected: str) -> None:
    hand = LatexHand(document, "")
    assert hand.transposed(text) == expected
    assert hand.untransposed(expected) in (text, f"({text})", rf"\left({text}\right)")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("W^T", "W"),
        ("{W^{[2]}}^T", "W^{[2]}"),
        ("W^{[2]T}", "W^{[2]}"),
        ("{A}{B}^T", "{A}{B}"),
        ("{A}^{T}", "A"),
        ("W", "W"),
    ],
)
def test_a_name_without_its_transpose(text: str, plain: str) -> None:
    assert LATEX.plain(text) == plain


@pytest.mark.parametrize(
    ("between", "beside"),
    [
        ("2 ", True),
        (r"2\,", True),
        (r"2\quad ", True),
        (r"2 \cdot ", False),
        ("2 * ", False),
        (r"\frac{1}{m}", True),
    ],
)
def test_what_stands_side_by_side_in_latex(between: str, beside: bool) -> None:
    assert LATEX.is_beside(between) is beside


def test_side_by_side_in_plain_text() -> None:
    assert PLAIN.is_beside("2 ")
    assert not any(PLAIN.is_beside(f"2 {sign} ") for sign in "*@·⊙∘×./")


@pytest.mark.parametrize(
    ("document", "around"),
    [
        ("", (r"\sum_{i=1}^{m} ", "")),
        (r"\sum_i dz^{(i)}", (r"\sum_i ", "")),
        ("np.sum(A, axis=1, keepdims=True)", ("np.sum(", ", axis=1, keepdims=True)")),
    ],
)
def test_a_sum_as_the_document_has_it(document: str, around: tuple[str, str]) -> None:
    assert LatexHand(document, "").total(1) == around


@pytest.mark.parametrize(
    ("old", "new", "span", "content"),
    [
        ("W2 @ dZ2", "W2.T @ dZ2", (0, 2), "W2.T"),
        ("dZ2 @ W2", "W2.T @ dZ2", (0, 8), "W2.T @ dZ2"),
        ("f(W2 X)", "f(W2 X.T)", (5, 6), "X.T"),
        ("(1/m) W2 X", "(1/m) X W2", (6, 10), "X W2"),
        (r"\alpha W", r"\alpha W^T", (7, 8), "W^T"),
        (r"\alpha W", r"\beta W", (0, 6), r"\beta"),
        ("np.sum(Z)", "np.sum(Z, axis=1)", (8, 8), ", axis=1"),
        ("(A B) C", "A (B C)", (0, 7), "A (B C)"),
        ("A", "A", (1, 1), ""),
        ("W[1]", "W[2]", (0, 4), "W[2]"),
        ("W_1 X", "W_2 X", (0, 3), "W_2"),
        ("W.T X", "W X", (0, 3), "W"),
    ],
)
def test_the_smallest_edit_keeps_words_and_brackets_whole(
    old: str, new: str, span: tuple[int, int], content: str
) -> None:
    found = replacement(f"Z = {old}\n", Span(4, 4 + len(old)), new)
    assert (found.span.start - 4, found.span.end - 4, found.content) == (*span, content)


@pytest.mark.parametrize(
    ("kind", "left", "right", "result"),
    [
        (MATRIX, ("a", "b"), ("b", "c"), ("a", "c")),
        (MATRIX, ("a", "b"), ("c", "b"), None),
        (MATRIX, ("a",), ("a", "c"), ("c",)),
        (MATRIX, ("a", "b"), ("b",), ("a",)),
        (MATRIX, (), ("b", "c"), None),
        (MATRIX, ("b", "c"), (), None),
        (MATRIX, ("a", "b", "c"), ("c", "d"), None),
        (MATRIX, ("a", "b"), ("b", "c", "d"), None),
        (ELEMENTWISE, ("a", "b"), ("a", "b"), ("a", "b")),
        (ELEMENTWISE, ("a", "b"), (), ("a", "b")),
        (ELEMENTWISE, (), ("a", "b"), ("a", "b")),
        (ELEMENTWISE, ("a", "b"), ("a", 1), ("a", "b")),
        (ELEMENTWISE, ("a", 1), ("a", "b"), ("a", "b")),
        (ELEMENTWISE, (1, "b"), ("a", 1), ("a", "b")),
        (PLUS, ("a", "b"), ("b", "a"), None),
        (PLUS, ("a", "b"), ("b",), ("a", "b")),  # a bias of one axis on rows
        (PLUS, ("a", "b"), ("a",), None),
    ],
)
def test_the_shape_of_two_sides(kind: str, left: tuple, right: tuple, result: tuple | None) -> None:
    assert together(kind, left, right) == result


def test_work_is_spent_step_by_step() -> None:
    work = Work(3)
    work.spend()
    work.spend(2)
    with pytest.raises(Spent):
        work.spend()


@pytest.mark.parametrize(
    ("document", "plain", "layered"),
    [
        (r"A^\top", r"W^\top", r"W^{[1]\top}"),
        (r"A^{\top}", r"W^{\top}", r"W^{[1]\top}"),
        (r"A^{\mathsf T}", r"W^{\mathsf T}", r"W^{[1]\mathsf T}"),
        (r"A^{\mathrm{T}}", r"W^{\mathrm{T}}", r"W^{[1]\mathrm{T}}"),
        ("A^{T}", "W^{T}", "W^{[1]T}"),
        ("A^T", "W^T", "W^{[1]T}"),
        (r"A^{\intercal}", r"W^{\intercal}", r"W^{[1]\intercal}"),
    ],
)
def test_a_transpose_as_the_document_has_it(document: str, plain: str, layered: str) -> None:
    hand = LatexHand(document, "")
    assert hand.transposed("W") == plain
    assert hand.transposed("W^{[1]}") == layered
    for fraction in (r"\frac", r"\dfrac", r"\tfrac"):
        sign = plain.removeprefix("W")
        assert hand.transposed(rf"{fraction}{{a}}{{b}}") == rf"\left({fraction}{{a}}{{b}}\right){sign}"


@pytest.mark.parametrize(
    ("text", "brackets", "below", "parentheses"),
    [
        ("X", "A^{[1]}", "A_1", "A^{(1)}"),
        ("x", "a^{[1]}", "a_1", "a^{(1)}"),
        ("dX", "dA^{[1]}", "dA_1", "dA^{(1)}"),
        ("x^{(i)}", "a^{[1](i)}", "a^{(i)}_1", "a^{(1)(i)}"),
        (r"\mathbf{X}", r"\mathbf{A}^{[1]}", r"\mathbf{A}_1", r"\mathbf{A}^{(1)}"),
        (
            r"\frac{\partial J}{\partial X}",
            r"\frac{\partial J}{\partial A^{[1]}}",
            r"\frac{\partial J}{\partial A_1}",
            r"\frac{\partial J}{\partial A^{(1)}}",
        ),
    ],
)
def test_the_inputs_are_the_activations_of_layer_0(
    text: str, brackets: str, below: str, parentheses: str
) -> None:
    assert LATEX.inputs(text, 1) == brackets
    assert LatexHand("A_1 Z_2", "").inputs(text, 1) == below
    assert LatexHand("A^{(1)} Z^{(2)}", "").inputs(text, 1) == parentheses


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("A^{[0]}", "X"),
        ("a^{[0]}", "x"),
        ("A_0", "X"),
        ("a^{[0](i)}", "x^{(i)}"),
        (r"\mathbf{A}^{[0]}", r"\mathbf{X}"),
    ],
)
def test_the_activations_of_layer_0_are_the_inputs(text: str, features: str) -> None:
    assert LATEX.features(text) == features


def test_inputs_features_and_objects_in_plain_text() -> None:
    assert [PLAIN.inputs(text, 2) for text in ("X", "x", "dX")] == ["A2", "a2", "dA2"]
    assert [PLAIN.features(text) for text in ("A0", "a0", "dA0", "da0")] == ["X", "x", "dX", "dx"]
    assert [PLAIN.object_of(text) for text in ("dJ/dW1", "dW1", "dL / dz1")] == ["W1", "W1", "z1"]
    assert [PLAIN.at_layer(text, "1", "2") for text in ("A1", "dW1", "A[1]")] == ["A2", "dW2", "A[2]"]
    assert PLAIN.before("A") == "A_prev"
    assert PLAIN.sign(MATRIX) == " @ "
    assert PLAIN.sign(ELEMENTWISE) == " * "
    assert [PLAIN.untransposed(text) for text in ("W.T", "Wᵀ", "W^T", "W'", "W")] == ["W"] * 5


def test_a_glued_transpose_stands_behind_brackets_and_digits() -> None:
    hand = PlainHand("", "A[1]T B[2]T")
    assert [hand.transposed(text) for text in ("W[1]", "W_{1}", "(W X)", "W1", "W")] == [
        *("W[1]T", "W_{1}T", "(W X)T", "W1T", "W.T"),
    ]


@pytest.mark.parametrize(
    ("gradient", "object_", "spelling", "behind"),
    [
        ('grads["dW1"]', "W1", "dW1", 'grads["dW2"]'),
        ("grads['dW1']", "W1", "dW1", "grads['dW2']"),
        ("self.dW1", "W1", "dW1", "self.dW2"),
        ("dW1", "W1", "dW1", "dW2"),
        ("net.last.dW1", "W1", "net.last.dW1", "net.last.dW2"),
        ("dW", "W", "dW", "dW"),
    ],
)
def test_names_of_programs(gradient: str, object_: str, spelling: str, behind: str) -> None:
    hand = PythonHand("Aᵀ", "B'")
    assert hand.object_of(gradient) == object_
    assert hand.spelling(gradient) == spelling
    assert hand.at_layer(gradient, "1", "2") == behind
    assert hand.transposed("W1") == "W1.T"


@pytest.mark.parametrize(
    ("old", "left", "right", "turned"),
    [
        ("A B^T", "B", "A^T", True),
        ("A B", "B^T", "A^T", True),
        (r"\alpha A B", "B^T", "A^T", True),
        (r"\frac{1}{m} A B", "B^T", "A^T", True),
        (r"\lambda A B", "B^T", "A^T", True),
        ("A B", "A^T", "B^T", False),
        ("A B", "B", "A^T", False),
        ("A B C", "B^T", "A^T", False),
        ("A", "A^T", "", False),
    ],
)
def test_what_is_the_transpose_of_a_product(old: str, left: str, right: str, turned: bool) -> None:
    assert LATEX.is_transpose(old, left, right) is turned


@pytest.mark.parametrize(
    ("gradient", "object_"),
    [("dW^{[1]}", "W^{[1]}"), (r"\frac{\partial J}{\partial W_1}", "W_1"), ("dW^T", "W")],
)
def test_the_object_of_a_gradient_in_latex(gradient: str, object_: str) -> None:
    assert LATEX.object_of(gradient) == object_
