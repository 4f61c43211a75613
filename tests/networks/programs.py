"""NumPy programs that run: a flat script, functions, functions with dictionaries, a class."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from .expression import Call, Expression, Line, Name, Slice, names, nodes
from .layouts import BACKWARD, FORWARD, PLAIN, UPDATE, Setting
from .notation import Style, Writer
from .slips import STACKED
from .values import PRIMES

SCRIPT, FUNCTIONS, DICTIONARIES, CLASS = "script", "functions", "dictionaries", "class"
CONSTANTS = {
    "alpha": "0.05",
    "eta": "0.05",
    "learning_rate": "0.05",
    "eps": "1e-8",
    "lam": "0.1",
    "keep_prob": "0.8",
}
_SHORT = {
    "W_l": "W",
    "b_l": "b",
    "A_l_1": "A_prev",
    "Z_l": "Z",
    "A_l": "A",
    "W_l1": "W_next",
    "Z_l1": "Z_next",
}
_SHORT |= {"d" + long: "d" + short for long, short in _SHORT.items()} | {"b_l1": "b_next"}
_BODIES = {
    "sigmoid": "return 1 / (1 + np.exp(-z))",
    "relu": "return np.maximum(0, z)",
    "g": "return np.tanh(z)",
    "relu_derivative": "return (z > 0).astype(float)",
    "tanh_derivative": "return 1 - np.tanh(z)**2",
    "g_derivative": "return 1 - np.tanh(z)**2",
}
_INDENT = "    "


class ProgramWriter(Writer):
    """Writes expressions of a program of some form."""

    def __init__(self, setting: Setting, style: Style, form: str) -> None:
        """Take what a writer takes, and the form."""
        super().__init__(setting, style)
        self.form = form
        made = {line.target for line in setting.network.forward}
        used = {name for line in setting.network.forward for name in names(line.value)}
        self.kept = made | (used & setting.network.leaves.keys()) | set(setting.network.parameters)

    def name(self, id: str) -> str:
        """Return a name: an attribute, an entry or a variable."""
        text = _plain(id)
        if id in CONSTANTS or id in self.setting.sizes or id == "J":
            return text
        if self.form == CLASS and (id in self.kept or self._trained(id)):
            return f"self.{text}"
        if self.form == DICTIONARIES:
            if id in self.setting.network.parameters:
                return f'params["{text}"]'
            if self._trained(id):
                return f'{id[:1] if id[1] == "_" else "grads"}["{text[2:] if id[1] == "_" else text}"]'
        return text

    def _trained(self, id: str) -> bool:
        return (
            id[:1] in "dvs" and self.setting.object(id) in self.setting.network.parameters and id[1:2] != ""
        )

    def call(self, function: str, of: str, axis: int | None) -> str:
        """Return a call; derivatives are functions of the program."""
        if function.endswith("_prime"):
            return f"{function[:-6]}_derivative({of})"
        return super().call(function, of, axis)


def _plain(id: str) -> str:
    prefix = id[:2] if id[:3] in ("v_d", "s_d") else ""
    return prefix + _SHORT.get(id[len(prefix) :], id[len(prefix) :])


@dataclass(frozen=True)
class Program:
    """A program in a form."""

    style: Style
    form: str
    name: str = "network.py"
    notes: bool = False
    unwritable: frozenset[str] = frozenset({STACKED})

    @property
    def stated(self) -> bool:
        """Return whether the sizes of the leaves are stated where the lines stand."""
        return self.form in (SCRIPT, CLASS)

    def document(self, setting: Setting, lines: Sequence[Line], random: Random) -> tuple[str, list[int]]:
        """Return the text and the row of each line."""
        return _Layout(ProgramWriter(setting, self.style, self.form), lines).document()

    def spellings(self, setting: Setting) -> dict[str, Expression]:
        """Return every way in which this program spells a name."""
        from .documents import known_names

        writer = ProgramWriter(setting, self.style, self.form)
        return {writer.name(id): Name(id) for id in known_names(setting)}

    def right_side(self, written: str) -> str:
        """Return the right side of a line as it is written."""
        return written.split("=", 1)[1]


class _Layout:
    """Lays the lines of a setting out as a program."""

    def __init__(self, writer: ProgramWriter, lines: Sequence[Line]) -> None:
        self.writer = writer
        self.setting = writer.setting
        self.lines = lines
        self.order = [*dict.fromkeys([*self.setting.leaves, *(line.target for line in lines)])]
        self.text: list[str] = []
        self.rows: list[int] = []

    def document(self) -> tuple[str, list[int]]:
        self.add("import numpy as np", "", *self.functions())
        used = self.used(self.lines)
        self.add(*(f"{name} = {value}" for name, value in CONSTANTS.items() if name in used), "")
        {
            SCRIPT: self.script,
            FUNCTIONS: self.function_form,
            DICTIONARIES: self.function_form,
            CLASS: self.class_form,
        }[self.writer.form]()
        return "\n".join(self.text) + "\n", self.rows

    def add(self, *rows: str) -> None:
        self.text += rows

    def part(self, kind: str) -> list[Line]:
        return [line for place, line in enumerate(self.lines) if self.setting.kind(place) == kind]

    def write(self, lines: Iterable[Line], indent: str = "") -> None:
        for line in lines:
            self.add(indent + self.writer.line(line))
            self.rows.append(len(self.text))

    def used(self, lines: Iterable[Line]) -> set[str]:
        found = {name for line in lines for name in names(line.value)}
        for line in lines:
            found |= {
                bound
                for node in nodes(line.value)
                if isinstance(node, Slice)
                for bound in (node.low, node.high)
            }
        return found - {""}

    def functions(self) -> Iterator[str]:
        calls = {node.function for line in self.lines for node in nodes(line.value) if isinstance(node, Call)}
        for name, body in _BODIES.items():
            if name.replace("_derivative", "_prime") in calls:
                yield from ("", f"def {name}(z):", _INDENT + body, "")
        if "softmax" in calls:
            axis = 0 if self.setting.layout == "columns" else 1
            yield from (
                "",
                "def softmax(z):",
                f"{_INDENT}e = np.exp(z - np.max(z, axis={axis}, keepdims=True))",
                f"{_INDENT}return e / np.sum(e, axis={axis}, keepdims=True)",
                "",
            )

    def sizes(self) -> Iterator[str]:
        letters = self.setting.sizes
        yield f"{', '.join(letters)} = {', '.join(map(str, PRIMES[: len(letters)]))}"

    def filled(self, id: str) -> str:
        """Return the call that makes a leaf."""
        leaf = self.setting.leaves[id]
        shape = [axis.replace("+", " + ") for axis in leaf.shape]
        if not shape:
            return "0.0"
        if leaf.kind == "b" or id[1:3] == "_d":
            return f"np.zeros(({', '.join(shape)}{',' if len(shape) == 1 else ''}))"
        scale = " * 0.01" if leaf.kind == "W" else ""
        return f"np.random.randn({', '.join(shape)}){scale}"

    def leaves(self, wanted: Iterable[str]) -> Iterator[str]:
        used = self.used(self.lines)
        for id in wanted:
            if self.setting.leaves[id].kind != "s" and (id in used or id in self.setting.network.parameters):
                yield f"{self.writer.name(id)} = {self.filled(id)}"

    def script(self) -> None:
        self.add(*self.sizes(), *self.leaves(self.setting.leaves), "")
        for kind in (FORWARD, BACKWARD, UPDATE):
            self.add("", f"# {kind}")
            self.write(self.part(kind))

    def measured(self, lines: list[Line], indent: str) -> tuple[list[str], set[str]]:
        """Return rows that take the sizes which lines use from what the lines use, and what those rows use."""
        rows, needed = [], set()
        for letter in self.setting.sizes:
            if letter not in self.used(lines):
                continue
            id, axis = next(
                (id, leaf.shape.index(letter))
                for id, leaf in self.setting.leaves.items()
                if letter in leaf.shape and id in self.writer.kept
            )
            rows.append(f"{indent}{letter} = {self.writer.name(id)}.shape[{axis}]")
            needed.add(id)
        return rows, needed

    def free(self, lines: list[Line], needed: set[str]) -> list[str]:
        """Return what lines use and do not make before, sizes and constants aside."""
        made: set[str] = set()
        found: list[str] = [id for id in self.order if id in needed]
        for line in lines:
            fresh = names(line.value) - made - set(found) - set(self.setting.sizes) - CONSTANTS.keys()
            found += [id for id in self.order if id in fresh]
            made.add(line.target)
        return found

    def function_form(self) -> None:
        calls = [self.function("forward", self.part(FORWARD)), self.function("backward", self.part(BACKWARD))]
        rows = self.part(UPDATE)
        entries = self.writer.form == DICTIONARIES
        if entries:
            calls.append(self.function("update", rows))
        self.add("", *self.sizes())
        if entries:
            self.add(
                *(
                    f"{name} = {{}}"
                    for name in ("params", "v", "s")[: 1 + 2 * (self.setting.optimizer != PLAIN)]
                )
            )
        self.add(*self.leaves(self.setting.leaves), "", *calls)
        if not entries:
            self.write(rows)

    def function(self, name: str, lines: list[Line]) -> str:
        """Write a function of some lines; return the call of it."""
        rows, needed = self.measured(lines, _INDENT)
        arguments = list(dict.fromkeys(self.writer.name(id).split("[")[0] for id in self.free(lines, needed)))
        made = list(dict.fromkeys(self.writer.name(line.target).split("[")[0] for line in lines))
        self.add("", f"def {name}({', '.join(arguments)}):", *rows)
        if "grads" in made and "grads" not in arguments:
            self.add(f"{_INDENT}grads = {{}}")
        self.write(lines, _INDENT)
        self.add(f"{_INDENT}return {', '.join(made)}", "")
        return f"{', '.join(made)} = {name}({', '.join(arguments)})"

    def class_form(self) -> None:
        given = [id for id, leaf in self.setting.leaves.items() if leaf.kind in "Wbc" and self.inside(id)]
        sizes = [
            letter
            for letter in self.setting.sizes
            if any(letter in axis.split("+") for id in given for axis in self.setting.leaves[id].shape)
        ]
        self.add("", "class Network:", f"{_INDENT}def __init__(self, {', '.join(sizes)}):")
        self.add(*(_INDENT * 2 + row for row in self.leaves(given)))
        calls = [f"network = Network({', '.join(sizes)})"]
        outside: set[str] = set()
        for name, kind in (("forward", FORWARD), ("backward", BACKWARD), ("update", UPDATE)):
            lines = self.part(kind)
            rows, needed = self.measured(lines, _INDENT * 2)
            data = [id for id in self.free(lines, needed) if self.setting.leaves.get(id) and id not in given]
            new = [id for id in data if id not in outside or not self.writer.name(id).startswith("self.")]
            outside |= set(data)
            self.add("", f"{_INDENT}def {name}({', '.join(['self', *map(_plain, new)])}):")
            self.add(
                *(f"{_INDENT * 2}self.{_plain(id)} = {_plain(id)}" for id in new if id in self.writer.kept)
            )
            self.add(*rows)
            self.write(lines, _INDENT * 2)
            calls.append(f"network.{name}({', '.join(map(_plain, new))})")
        self.add("", "", *self.sizes())
        self.writer = ProgramWriter(self.setting, self.writer.style, SCRIPT)
        self.add(*self.leaves(id for id in self.setting.leaves if id in outside), *calls)

    def inside(self, id: str) -> bool:
        """Return whether a leaf belongs to the network and is no data."""
        return self.writer.name(id).startswith("self.")


def drawn_program(random: Random, given: Setting) -> Program:
    """Draw a form and a style."""
    product = random.choice(("@", "np.dot", "np.dot", ".dot"))
    style = Style(product, random.choice(("*", "*", "*", "np.multiply")))
    form = SCRIPT if given.implied else random.choice((SCRIPT, SCRIPT, FUNCTIONS, DICTIONARIES, CLASS))
    return Program(style, form)
