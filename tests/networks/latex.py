"""Formulas in LaTeX, in a Markdown document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .expression import Expression, Line, Name, Number, Sum, Transpose
from .layouts import BACKWARD, FORWARD, UPDATE, Setting
from .notation import ATOM, BESIDE, LAYERED, STEPS, Style, Writer, drawn_names
from .slips import ALL, KEEPDIMS

_GREEK = ("alpha", "beta", "gamma", "eta", "theta", "mu")
_SPELLED = {
    **{name: f"\\{name}" for name in _GREEK},
    "sigma2": "\\sigma^2",
    "lam": "\\lambda",
    "eps": "\\epsilon",
    "learning_rate": "\\eta",
    "keep_prob": "p",
    "y_hat": "\\hat{y}",
    "R_hat": "\\hat{R}",
    "Z_tilde": "\\tilde{Z}",
    "h_cand": "\\tilde{h}",
    "xt": "x_t",
    "ft": "f_t",
    "it": "i_t",
    "ot": "o_t",
    "cct": "\\tilde{c}_t",
    "concat": "u",
    "dtanh": "e",
    "error": "e",
    "inputs": "X",
    "targets": "T",
    "hidden": "H",
    "hidden_in": "Z_{hidden}",
    "output": "O",
    "out_error": "E_{out}",
    "hidden_error": "E_{hidden}",
    "net_h": "Z_h",
    "net_o": "Z_o",
    "out_h": "A_h",
    "out_o": "A_o",
    "delta_o": "\\delta_o",
    "delta_h": "\\delta_h",
}
_FUNCTIONS = {"sigmoid": "\\sigma", "softmax": "\\text{softmax}", "relu": "\\text{relu}", "g": "g"}
_CONTAINERS = ("display", "display", "aligned", "list")


@dataclass(frozen=True)
class LatexStyle(Style):
    """A manner of writing LaTeX; with `derivatives` a gradient is a quotient of ∂s."""

    derivatives: bool = False
    inside: bool = True


class LatexWriter(Writer):
    """Writes expressions in LaTeX."""

    style: LatexStyle

    def name(self, id: str, superscript: str = "") -> str:
        """Return a name; `superscript` goes into the one of its layer, if it has any."""
        if id[:3] in ("v_d", "s_d"):
            return f"{id[0]}_{{d{self._plain(id[3:])}}}{_raised(superscript)}"
        of = self.setting.object(id)
        if of and of != id:
            plain = self._plain(of, superscript)
            return f"\\frac{{\\partial J}}{{\\partial {plain}}}" if self.style.derivatives else f"d{plain}"
        if not of and id in ("dot", "dft", "dit", "dcct"):
            return f"d{self._plain(id[1:])}{_raised(superscript)}"
        return self._plain(id, superscript)

    def _plain(self, id: str, superscript: str = "") -> str:
        found = LAYERED.fullmatch(id)
        if found:
            layer = STEPS.get(found[3], found[3])
            base = self.style.renamed.get(found[2], found[2])
            if "^" in self.style.layer:
                return base + self.style.layer.format(layer).replace("@", superscript)
            return base + self.style.layer.format(layer) + _raised(superscript)
        text = _SPELLED.get(id) or self.style.renamed.get(id)
        if text is None:
            base, _, index = id.partition("_")
            if not index and len(id) > 1:
                base, index = id[0], id[1:]
            text = f"{base}_{{{index}}}" if len(index) > 1 else f"{base}_{index}" if index else base
        return text + _raised(superscript)

    def transposed(self, of: Expression) -> tuple[str, int]:
        """Return a transpose, inside the layer's superscript where the style has it so."""
        if not isinstance(of, Name):
            return f"({self.write(of)}){self.style.transpose}", ATOM
        name, inner = self.name(of.id), self.name(of.id, "T")
        if self.style.inside and not inner.endswith(_raised("T")) and not name.startswith("\\frac"):
            return inner, ATOM
        return (f"({name})" if "^" in name else name) + self.style.transpose, ATOM

    def bound(self, tree: Expression) -> tuple[str, int]:
        """Return an expression; a power of what has a superscript needs a bracket."""
        text, bound = super().bound(tree)
        if bound != ATOM and text.endswith("^2"):
            base = text[:-2]
            if "^" in base and not base.endswith(")"):
                return f"({base})^2", bound
        return text, bound

    def times(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return an elementwise product; a number stands beside what it scales."""
        if self.setting.is_scalar(left) and not isinstance(right, Number):
            return f"{self.write(left, BESIDE)} {self.write(right, BESIDE)}", BESIDE
        return super().times(left, right)

    def quotient(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return a fraction."""
        return f"\\frac{{{self.write(left)}}}{{{self.write(right)}}}", ATOM

    def sum(self, tree: Sum) -> tuple[str, int]:
        """Return Σ over the examples of a name, or a call of np.sum."""
        letter = self.setting.network.examples
        examples = 1 if self.setting.layout == "columns" else 0
        if letter and isinstance(tree.of, Name) and tree.axis in (None, examples) and not tree.mean:
            inside = self.name(tree.of.id, "(i)")
            return f"\\sum_{{i=1}}^{{{self.name(letter)}}} {inside}", BESIDE
        text, bound = super().sum(tree)
        return re.sub(r"^(sum|mean)", r"\\text{np.\1}", text), bound

    def stack(self, first: str, second: str, axis: int) -> str:
        """Return a matrix of two parts."""
        sign = " \\\\ " if axis == 0 else " & "
        return f"\\begin{{bmatrix}} {first}{sign}{second} \\end{{bmatrix}}"

    def call(self, function: str, of: str, axis: int | None) -> str:
        """Return a call."""
        if function == "sqrt":
            return f"\\sqrt{{{of}}}"
        base, prime = function.removesuffix("_prime"), "'" * function.endswith("_prime")
        return f"{_FUNCTIONS.get(base, chr(92) + base)}{prime}({of})"


def _raised(superscript: str) -> str:
    return f"^{{{superscript}}}" if superscript else ""


@dataclass(frozen=True)
class Latex:
    """A Markdown document with its formulas in LaTeX, in one kind of container."""

    style: LatexStyle
    container: str
    name: str = "notes.md"
    stated: bool = False
    notes: bool = True
    unwritable: frozenset[str] = frozenset({ALL, KEEPDIMS})

    def document(self, setting: Setting, lines: Sequence[Line], random: Random) -> tuple[str, list[int]]:
        """Return the text and the row of each line."""
        writer = LatexWriter(setting, self.style)
        headings = random.choice(
            (
                ("## Forward propagation", "## Backward propagation", "## Update"),
                ("Forward:", "The gradients are", "and the parameters become"),
            )
        )
        text, rows = [f"# {setting.network.name.partition(',')[0].capitalize()}"], []
        for part, heading in zip((FORWARD, BACKWARD, UPDATE), headings, strict=True):
            chosen = [line for place, line in enumerate(lines) if setting.kind(place) == part]
            text += ["", heading, ""]
            begin, end = {"aligned": (["$$", "\\begin{aligned}"], ["\\end{aligned}", "$$"])}.get(
                self.container, ([], [])
            )
            text += begin
            for line in chosen:
                text += self._contained(writer.line(line), line is chosen[-1])
                rows.append(len(text) - (self.container == "display"))
            text += end
        return "\n".join(text) + "\n", rows

    def _contained(self, line: str, last: bool) -> list[str]:
        match self.container:
            case "display":
                return [f"$${line}$$", ""]
            case "list":
                return [f"- ${line}$"]
        return [line.replace(" = ", " &= ", 1) + ("" if last else " \\\\")]

    def spellings(self, setting: Setting) -> dict[str, Expression]:
        """Return every way in which this document spells a name, transposes and examples among them."""
        from .documents import known_names

        writer = LatexWriter(setting, self.style)
        found: dict[str, Expression] = {}
        for id in known_names(setting):
            for superscript, tree in (("", Name(id)), ("T", Transpose(Name(id))), ("(i)", Name(id))):
                spelled = writer.name(id, superscript)
                if superscript == "" or not spelled.endswith(_raised(superscript)):
                    found[spelled] = tree
        return found

    def right_side(self, written: str) -> str:
        """Return the right side of a line as it is written."""
        return re.sub(r"\s*(\\\\|\$\$|\$)\s*$", "", written.split("=", 1)[1])


def drawn_latex(random: Random, given: Setting) -> Latex:
    """Draw a style and a container."""
    layer = random.choice(("^{{[{}]@}}", "^{{[{}]@}}", "^{{[{}]@}}", "_{{{}}}"))
    if not given.network.symbolic and layer.startswith("_"):
        layer = random.choice(("_{}", "_{{{}}}"))
    style = LatexStyle(
        product="",
        times=random.choice(("*", "\\odot", "\\odot", "\\circ")),
        transpose=random.choice(("^T", "^T", "^\\top", "^{T}")),
        layer=layer,
        numpy=False,
        power="^",
        renamed=drawn_names(random, given),
        derivatives=random.random() < 0.25 and not given.network.helpers,
        inside=random.random() < 0.7,
    )
    return Latex(style, random.choice(_CONTAINERS))


__all__ = ["Latex", "LatexWriter", "drawn_latex"]
