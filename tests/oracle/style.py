"""The ways in which people write the same formula down: names, products, transposes."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Spelling(StrEnum):
    """How a name carries its layer."""

    GLUED = "W2"
    CARET = "W^[2]"
    BRACKET = "W[2]"


class Products(StrEnum):
    """How the matrix product and the elementwise product are told apart."""

    AT = "A @ B, A * B"
    SIDE_BY_SIDE = "A B, A * B"
    CIRCLED = "A B, A ⊙ B"
    CALLS = "np.dot, np.multiply"


@dataclass(frozen=True, slots=True)
class Style:
    """One hand; `transpose` is what stands behind a transposed term."""

    spelling: Spelling = Spelling.GLUED
    products: Products = Products.AT
    transpose: str = ".T"

    @property
    def juxtaposes(self) -> bool:
        """Tell whether factors side by side are the matrix product: a sign that may be read either way."""
        return self.products in (Products.SIDE_BY_SIDE, Products.CIRCLED)

    @property
    def stars(self) -> bool:
        """Tell whether `*` is the elementwise product of matrices."""
        return self.products in (Products.AT, Products.SIDE_BY_SIDE)

    @property
    def is_code(self) -> bool:
        """Tell whether functions are spelled as NumPy spells them."""
        return self.products in (Products.AT, Products.CALLS)

    def __str__(self) -> str:
        return f"{self.spelling} · {self.products} · {self.transpose}"


STYLES = tuple(
    Style(spelling, products, transpose)
    for spelling, products, transpose in product(Spelling, Products, (".T", "ᵀ", "^T"))
    if products is not Products.CALLS or transpose == ".T"
)
"""Every hand; the first is plain Python."""
