"""The kinds of operations that join two sides, as repairs know them."""

MATRIX, ELEMENTWISE, DIVIDE, PLUS = "matrix", "elementwise", "divide", "plus"
