"""The notations that formulas are written in beside that of text files: NumPy and LaTeX; the table of all."""

import re

from shapelint.calculus.expressions import (
    VAR,
    Function,
    Node,
)
from shapelint.calculus.functions import SOFTMAX, UNTOLD
from shapelint.calculus.network import GRADIENT
from shapelint.calculus.simplify import in_place_of
from shapelint.calculus.slopes import ARGUMENT, slope
from shapelint.calculus.writer import ATOM, FACTOR, LAYERED, LOOSE, TURNED, Writer
from shapelint.sizes import Size

_PLAIN_LAYER = re.compile(r"(?P<base>[A-Za-z]+)_?(?P<layer>\d+)$")
_GREEK = frozenset(
    ("alpha", "beta", "gamma", "delta", "epsilon", "lambda", "mu", "sigma", "theta", "phi", "psi", "omega")
    + ("Gamma", "Delta", "Theta", "Sigma")
)


class NumpyWriter(Writer):
    """Python with NumPy, which runs as it is written."""

    def is_plain(self, word: str) -> bool:
        """A name is an identifier."""
        return word.isidentifier()

    def canonical(self, key: str) -> str:
        """A name is an identifier: `W[l-1]` becomes `W_prev`."""
        word = super().canonical(key)
        return word if word.isidentifier() else re.sub(r"\W+", "_", word).strip("_")

    def versioned(self, word: str, steps: int) -> str:
        """An earlier value has a name of its own."""
        return word + (f"_before{steps if steps > 1 else ''}" if steps else "")

    def function(self, function: Function) -> str:
        """Basic functions are NumPy's, a derivative that is not told is a function of its own."""
        word = f"{function.name}{function.layer}" if function.name != SOFTMAX else SOFTMAX
        if function.name == UNTOLD:
            word = f"{function.word or 'g'}{function.layer}"
        if (
            function.name in ("exp", "log", "sqrt", "tanh", "sin", "cos", "sign", "abs", "square")
            and not function.order
        ):
            word = f"np.{function.name}"
        return (
            re.sub(r"\W+", "_", word.replace("np.", "np·")).replace("np_", "np.") + "_prime" * function.order
        )

    def call(self, node: Node) -> tuple[str, int]:
        """The derivative of a function that has a row is written out: no library has it."""
        found = slope(node.data.name) if node.data.order == 1 else None
        if found is None:
            return super().call(node)
        return self.written(in_place_of(found, ARGUMENT, node.args[0]))

    def join(self, node: Node) -> str:
        """Parts are concatenated."""
        return f"np.concatenate(({', '.join(map(self, node.args))}), axis={node.data})"


class LatexWriter(Writer):
    """LaTeX: `W^{[2]T} dZ^{[2]} \\odot g^{[1]'}(Z^{[1]})`."""

    elementwise, matrix, scale = r" \odot ", " ", r" "
    transpose = "^T"

    def canonical(self, key: str) -> str:
        """A layer stands in brackets above, what follows the first letter below."""
        match = LAYERED.match(key) or _PLAIN_LAYER.match(key)
        base, layer = (match["base"], match["layer"]) if match is not None else (self.base(key), "")
        above = f"^{{[{layer}]}}" if layer and layer != "λ" else ""
        return self._letter(base) + above

    def _letter(self, base: str) -> str:
        if base[:1] == GRADIENT and len(base) > 1 and (base[1].isupper() or base[1:] in _GREEK):
            return GRADIENT + self._letter(base[1:])
        if base in _GREEK:
            return f"\\{base}"
        if base == "lambd":
            return r"\lambda"
        head, below = base.partition("_")[::2]
        if not below:
            head = next(
                (word for word in _GREEK if base.startswith(word)), base[:1] if len(base) < 4 else base
            )
            below = base[len(head) :]
        if len(head) > 2 and head not in _GREEK:
            return rf"\mathrm{{{base}}}".replace("_", r"\_")
        below = below.replace("_", ",")
        return (f"\\{head}" if head in _GREEK else head) + (f"_{{{below}}}" if below else "")

    def size(self, size: Size) -> str:
        """The units of a layer are n^{[l]}."""
        return re.sub(
            r"\bn(?:(\d+)\b|\[([^\]]+)\])",
            lambda found: f"n^{{[{found[1] or found[2]}]}}",
            super().size(size),
        )

    def versioned(self, word: str, steps: int) -> str:
        """An earlier value has a ring above."""
        if not steps:
            return word
        rings = r"\circ" * steps
        return f"{word[:-1]}{rings}}}" if word.endswith("]}") else f"{word}^{{{rings}}}"

    def function(self, function: Function) -> str:
        """Named functions are upright, the layer stands above."""
        word = function.word or function.name
        word = word.rpartition(".")[2]
        if function.name in ("tanh", "exp", "log", "sin", "cos"):
            word = f"\\{function.name}"
        elif word in ("sigma", "σ", "sigmoid"):
            word = r"\sigma"
        elif len(word) > 1:
            word = rf"\mathrm{{{word}}}"
        primes = "'" * function.order
        return word + (f"^{{[{function.layer}]{primes}}}" if function.layer else primes)

    def total(self, node: Node) -> str:
        """A sum runs over the index that is gone."""
        told, child = node.data, node.args[0]
        inside = self(child, FACTOR if child.op != VAR else LOOSE)
        if child.op != VAR:
            inside = inside if inside.startswith("(") else self.bracket(inside)
        if told.axis is None:
            return rf"\sum_{{i,k}} {self._below(inside, 'ik')}"
        index = (r"k \cdot", r"\cdot k")[told.axis]
        return rf"\sum_k {self._below(inside, index)}"

    def _below(self, inside: str, index: str) -> str:
        return f"{inside}_{{{index}}}"

    def join(self, node: Node) -> str:
        """Parts stand in a matrix."""
        between = r" \\ " if node.data == 0 else " & "
        inside = between.join(map(self, node.args))
        return rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}"

    def part(self, node: Node) -> str:
        """A stretch stands below."""
        text = super().part(node)
        word, _, axes = text.rpartition("[")
        return f"{word}_{{[{axes[:-1]}]}}"

    def pad(self, node: Node) -> str:
        """What is surrounded by zeros has a name for it."""
        return rf"\mathrm{{pad}}({self(node.args[0])})"

    def ones(self, node: Node) -> str:
        """Ones in every entry."""
        return r"\mathbf{1}"

    def turned(self, node: Node) -> str:
        """The T joins what stands above a name: W^{[2]T}."""
        text = self(node, TURNED)
        if node.op == VAR and text.endswith("]}"):
            return f"{text[:-1]}T}}"
        return f"{{{text}}}^T" if node.op == VAR and "^" in text else f"{text}^T"

    def power(self, node: Node) -> str:
        """A power of a name with something above it is one of brackets."""
        base = self(node.args[0], TURNED)
        return f"{self.bracket(base) if '^' in base and base[-1] != ')' else base}^{{{self(node.args[1])}}}"

    def quotient(self, node: Node) -> tuple[str, int]:
        """A fraction."""
        return rf"\frac{{{self(node.args[0])}}}{{{self(node.args[1])}}}", ATOM


WRITERS: dict[str, type[Writer]] = {"text": Writer, "latex": LatexWriter, "numpy": NumpyWriter}
