"""Programs of Octave: a script, or functions; lines are read back by saying them in the notation of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from .expression import Binary, Expression, Line, Name, Slice, Sum
from .layouts import BACKWARD, FORWARD, UPDATE, Setting
from .notation import ATOM, BESIDE, PRODUCT, Style
from .programs import CONSTANTS, FUNCTIONS, SCRIPT, ProgramWriter, _Layout
from .slips import KEEPDIMS, STACKED
from .values import PRIMES

_STYLE = Style(product="*", times=".*", transpose="'", power=".^", numpy=False)
_BODIES = {
    "sigmoid": "1 ./ (1 + exp(-z))",
    "relu": "max(0, z)",
    "g": "tanh(z)",
    "relu_derivative": "z > 0",
    "tanh_derivative": "1 - tanh(z) .^ 2",
    "g_derivative": "1 - tanh(z) .^ 2",
}


class OctaveWriter(ProgramWriter):
    """Writes expressions of a program of Octave."""

    def product(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return a matrix product."""
        return f"{self.write(left, PRODUCT)} * {self.write(right, BESIDE)}", PRODUCT

    def times(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return an elementwise product; a number scales."""
        sign = "*" if self.setting.is_scalar(left) or self.setting.is_scalar(right) else ".*"
        tight = PRODUCT if sign == "*" and isinstance(right, Binary) and right.sign == "@" else BESIDE
        return f"{self.write(left, PRODUCT)} {sign} {self.write(right, tight)}", PRODUCT

    def quotient(self, left: Expression, right: Expression) -> tuple[str, int]:
        """Return a quotient, entry by entry where an array divides."""
        if self.setting.is_scalar(left) and self.setting.is_scalar(right):
            return super().quotient(left, right)
        sign = "/" if self.setting.is_scalar(right) else "./"
        return f"{self.write(left, PRODUCT)} {sign} {self.write(right, BESIDE)}", PRODUCT

    def sum(self, tree: Sum) -> tuple[str, int]:
        """Return a sum or a mean; axes are counted from 1."""
        function = "mean" if tree.mean else "sum"
        if tree.axis is None:
            return f"{function}({function}({self.write(tree.of)}))", ATOM
        return f"{function}({self.write(tree.of)}, {tree.axis + 1})", ATOM

    def stack(self, first: str, second: str, axis: int) -> str:
        """Return two parts joined."""
        return f"[{first}{'; ' if axis == 0 else ', '}{second}]"

    def other(self, tree: Expression) -> tuple[str, int]:
        """Return a slice, whose bounds are counted from 1, or what a program writes elsewhere."""
        if not isinstance(tree, Slice):
            return super().other(tree)
        low = f"{self.size(tree.low)}+1" if tree.low else "1"
        part = f"{low}:{self.size(tree.high) or 'end'}"
        of = self.write(tree.of, ATOM)
        return f"{of}({part + ', :' if tree.axis == 0 else ':, ' + part})", ATOM

    def line(self, line: Line) -> str:
        """Return a statement."""
        return f"{super().line(line)};"


@dataclass(frozen=True)
class OctaveProgram:
    """A program of Octave in a form."""

    form: str
    name: str = "network.m"
    notes: bool = True  # a number scales, and an array of one entry is one
    unwritable: frozenset[str] = frozenset({STACKED, KEEPDIMS})

    @property
    def stated(self) -> bool:
        """Return whether the sizes of the leaves are stated where the lines stand."""
        return self.form == SCRIPT

    def document(self, setting: Setting, lines: Sequence[Line], random: Random) -> tuple[str, list[int]]:
        """Return the text and the row of each line."""
        return _OctaveLayout(OctaveWriter(setting, _STYLE, self.form), lines).document()

    def spellings(self, setting: Setting) -> dict[str, Expression]:
        """Return every way in which this program spells a name."""
        from .documents import known_names

        writer = OctaveWriter(setting, _STYLE, self.form)
        return {writer.name(id): Name(id) for id in known_names(setting)}

    def right_side(self, written: str) -> str:
        """Return the right side of a line as text would write it."""
        text = written.partition("%")[0].split("=", 1)[1].strip().rstrip(";")
        text = text.replace("./", "/").replace(".*", "⊙").replace("*", "@").replace(".^", "**")
        text = re.sub(r"\(1:(\w+)(, :)?\)", r"[:\1\2]", re.sub(r"\(:, 1:(\w+)\)", r"[:, :\1]", text))
        text = re.sub(
            r"\((\w+)\+1:end(, :)?\)", r"[\1:\2]", re.sub(r"\(:, (\w+)\+1:end\)", r"[:, \1:]", text)
        )
        text = re.sub(r", ([12])\)", lambda axis: f", axis={int(axis[1]) - 1}, keepdims=True)", text)
        return re.sub(r"\b(sum|mean)\(\1\(", r"\1((", _beside(text))


def _beside(text: str) -> str:
    """Return a text with two parts that stand side by side as NumPy joins them."""
    return re.sub(r"\[([^\[\]:;]+), ([^\[\]:;]+)\]", r"np.hstack((\1, \2))", text)


class _OctaveLayout(_Layout):
    """Lays the lines of a setting out as a program of Octave."""

    def document(self) -> tuple[str, list[int]]:
        self.add("1;", "", *self.functions())
        used = self.used(self.lines)
        self.add(*(f"{name} = {value};" for name, value in CONSTANTS.items() if name in used), "")
        (self.script if self.writer.form == SCRIPT else self.function_form)()
        return "\n".join(self.text) + "\n", self.rows

    def functions(self) -> Iterable[str]:
        text = "\n".join(map(self.writer.line, self.lines))
        for name, body in _BODIES.items():
            if f"{name}(" in text:
                yield from (f"function a = {name}(z)", f"  a = {body};", "end", "")
        if "softmax(" in text:
            axis = 1 if self.setting.layout == "columns" else 2
            yield from (
                "function a = softmax(z)",
                f"  e = exp(z - max(z, [], {axis}));",
                f"  a = e ./ sum(e, {axis});",
                "end",
                "",
            )

    def sizes(self) -> Iterable[str]:
        for letter, prime in zip(self.setting.sizes, PRIMES, strict=False):
            yield f"{letter} = {prime};"

    def filled(self, id: str) -> str:
        leaf = self.setting.leaves[id]
        shape = ", ".join(axis.replace("+", " + ") for axis in leaf.shape)
        if not shape:
            return "0.0;"
        if leaf.kind == "b" or id[1:3] == "_d":
            return f"zeros({shape});"
        return f"randn({shape}){' * 0.01' if leaf.kind == 'W' else ''};"

    def script(self) -> None:
        self.add(*self.sizes(), *self.leaves(self.setting.leaves), "")
        for kind in (FORWARD, BACKWARD, UPDATE):
            self.add("", f"% {kind}")
            self.write(self.part(kind))

    def measured(self, lines: list[Line], indent: str) -> tuple[list[str], set[str]]:
        rows, needed = super().measured(lines, indent)
        return [
            re.sub(r"= (.+)\.shape\[(\d)\]", lambda row: f"= size({row[1]}, {int(row[2]) + 1});", row)
            for row in rows
        ], needed

    def function(self, name: str, lines: list[Line]) -> str:
        rows, needed = self.measured(lines, "  ")
        arguments = list(dict.fromkeys(self.writer.name(id) for id in self.free(lines, needed)))
        made = list(dict.fromkeys(self.writer.name(line.target) for line in lines))
        self.add("", f"function [{', '.join(made)}] = {name}({', '.join(arguments)})", *rows)
        self.write(lines, "  ")
        self.add("end", "")
        return f"[{', '.join(made)}] = {name}({', '.join(arguments)});"


def drawn_octave(random: Random, given: Setting) -> OctaveProgram:
    """Draw a form."""
    return OctaveProgram(SCRIPT if given.implied else random.choice((SCRIPT, FUNCTIONS)))
