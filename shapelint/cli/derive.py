"""`shapelint derive`: where a gradient comes from, step by step."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shapelint.cli.inputs import FORMULA, Input, content
from shapelint.cli.outlet import outlet, write
from shapelint.cli.parser import Parser, add_about, one_of
from shapelint.cli.settings import Settings
from shapelint.cli.values import Values, behind
from shapelint.diagnostic import ERROR, Diagnostic, Report
from shapelint.files.find import STDIN
from shapelint.files.kinds import SUFFIXES
from shapelint.misuse import Misuse, nearest
from shapelint.render.screen import screen
from shapelint.source import Source, Span

if TYPE_CHECKING:
    from shapelint.calculus.derivation import Derivation, Missing
    from shapelint.calculus.network import Network
    from shapelint.calculus.usual import Usual
    from shapelint.check import Examined, Options
    from shapelint.render.derivation import Shown

LAYOUTS = ("gradient", "numerator", "both")
NOTATIONS = ("text", "latex", "numpy")
FORMATS = ("full", "json", "markdown")
COSTS = ("cross-entropy", "softmax", "squared-error")
_DESCRIPTION = (
    "Where a gradient comes from: each step with its shapes, entry by entry, and why a factor\n"
    "is transposed. Of a document's own forward pass, or of a convention's network."
)
_EPILOG = (
    "examples: shapelint derive dW1 notes.md\n"
    "          shapelint derive dA1 --only --layout both\n"
    "          shapelint derive 'dW[l]' --notation latex\n\n"
    "Exit status: 0 derived; 1 something stopped it; 2 wrong use or a fault of shapelint."
)
_MOST_LAYERS = 64


class _Values(Values):
    """What the arguments of `derive` say."""

    def __init__(self) -> None:
        super().__init__()
        self.only = False
        self.notation: str | None = None
        self.layers: int | None = None
        self.activation: str | None = None
        self.cost: str | None = None


def run(arguments: Sequence[str]) -> int:
    """Derive what the arguments name and return the exit status."""
    words, paths = behind(arguments)
    values = parser().read(words, _Values())
    targets, path = _sorted([*values.paths], paths, bool(values.formulas))
    return _Run(values, targets, path).status()


def _sorted(words: list[str], paths: list[str], formulas: bool) -> tuple[list[str], str | None]:
    """Tell the targets from the document: a last word that exists, or has a suffix of ours, is a path."""
    if len(paths) > 1:
        raise Misuse("one document at a time: its names belong together")
    if paths:
        return words, paths[0]
    if words and not formulas and _is_path(words[-1]):
        return words[:-1], words[-1]
    return words, None


def _is_path(word: str) -> bool:
    return word == STDIN or os.path.exists(word) or word.lower().endswith(SUFFIXES)


class _Run:
    """One document, or none, on its way to its derivation."""

    def __init__(self, values: _Values, targets: list[str], path: str | None) -> None:
        if path is not None and os.path.isdir(path):
            raise Misuse(f"`{path}` is a folder; `derive` takes one document")
        self.values, self.targets, self.path = values, targets, path
        self.own = path is not None or bool(values.formulas)
        if not self.own and not targets and values.layers is None:
            raise Misuse(
                "which gradient? `shapelint derive dW1` derives one, `shapelint derive notes.md` all of a document"
            )
        self.settings = Settings(values)
        self.remarks: list[str] = []
        self.problems: list[dict[str, Any]] = []

    def status(self) -> int:
        """Write the derivation and return the exit status."""
        source = self._source()
        if isinstance(source, Report):
            return self._refuse(source)
        options = self._options()
        examined = self._examined(source, options)
        if isinstance(examined, Report):
            return self._refuse(examined)
        derivation = examined.derivation(self._keys, self.values.only, self._usual(examined))
        assert derivation is not None
        self._remark(derivation, examined)
        shown = self._shown(derivation, examined)
        from shapelint.render.derivation import FORMATS as RENDERERS

        with outlet(self.values.output_file) as stream:
            write(RENDERERS[self.values.output_format]([shown], screen(stream, self.values.color)), stream)
        return int(not derivation.complete or not derivation.steps or bool(self.problems))

    def _options(self) -> "Options":
        options = self.settings.options(self._input().name, walked=False)
        if self.values.layout == "both":
            options = options._replace(layout=None)
        return options

    def _input(self) -> Input:
        if self.path is None:
            return Input(FORMULA, "", walked=False)
        name = (self.values.stdin_filename or "<stdin>") if self.path == STDIN else self.path
        return Input(name, self.path, walked=False)

    def _source(self) -> Source | Report:
        if self.own:
            return content(self._input(), self.values)
        return Source(FORMULA, "")

    def _refuse(self, report: Report) -> int:
        from shapelint import render

        write(render.findings([report], "concise", screen(sys.stderr, self.values.color)), sys.stderr)
        return 1

    # --- the document, repaired where its forward pass is wrong

    def _examined(self, source: Source, options: "Options") -> "Examined | Report":
        from shapelint import check

        examined = check.examine(source, options)
        if examined.refusal is not None:
            return examined.refusal
        report = examined.report()
        wrong = [
            one for one in report.diagnostics if one.severity == ERROR and _is_forward(report.source, one)
        ]
        if not wrong:
            return examined
        self._tell_wrong(report, wrong)
        repaired = [one for one in wrong if one.fix is not None and one.fix.edits]
        if not repaired:
            return examined
        from shapelint.fixing.edits import edited

        return check.examine(edited(report.source, repaired), options)

    def _tell_wrong(self, report: Report, wrong: list[Diagnostic]) -> None:
        for one in wrong:
            row = report.source.position(one.span.start).row
            said = f"Line {row} of the forward pass is wrong: {one.message}."
            if one.fix is not None and one.fix.edits:
                said += " The steps above use it repaired" + f" ({one.fix.message})."
            self.remarks.append(said)
            self.problems.append({"target": "", "problem": {"text": said, "row": row}})

    # --- what is asked for

    def _usual(self, examined: "Examined") -> "Usual":
        from shapelint.calculus.usual import USUAL_COST, Usual
        from shapelint.conventions import CONVENTIONS, DEFAULT

        chosen = self.values.convention or examined.report().convention
        name = chosen if chosen in CONVENTIONS else DEFAULT
        layers = self.values.layers or max([2, *(number for one in self.targets if (number := _layer(one)))])
        return Usual(name, layers, self.values.activation or "", self.values.cost or USUAL_COST)

    def _keys(self, network: "Network") -> list[str]:
        from shapelint.calculus.targets import key_of, object_of, usual_key

        found = []
        for word in self.targets:
            key = key_of(network, word)
            known = network.cost is not None or not _is_of_layer(usual_key(word))
            if key is None and known and (network.lines or network.gradients):
                words = {
                    name.lower(): name for name in (network.words.get(one, one) for one in network.shapes)
                }
                near = words.get(nearest(object_of(word), words))
                hint = (
                    f"did you mean `d{near}`?"
                    if near
                    else "its names are "
                    + ", ".join(f"`{network.words.get(one, one)}`" for one in network.lines)
                )
                raise Misuse(f"there is no `{object_of(word)}` here whose gradient `{word}` could be; {hint}")
            found.append(key or usual_key(word))
        return found

    # --- what is said

    def _remark(self, derivation: "Derivation", examined: "Examined") -> None:
        from shapelint.explain.stops import stopped_text

        network = derivation.network
        if "cost" in derivation.assumed and network.cost is not None:
            text = network.lines[network.cost].text
            self.remarks.append(f"The document does not say its cost; taken is {text}")
        if "forward" in derivation.assumed and self.own:
            self.remarks.append(
                f"Lines that the document does not have are those of the convention {derivation.network.convention}."
            )
        if any("°" in name for step in derivation.steps for name in (step.key, step.through.key)):
            self.remarks.append(
                "A ring, as in A1°, is a name before its last change: one ring for each step back."
            )
        for one in derivation.missing:
            self._missing(derivation, one, examined)
        for stopped in derivation.left_out:
            row = examined.source.position(stopped.span.start).row
            text = f"Not in these steps, since {stopped_text(stopped, row)}."
            self.remarks.append(text)
            self.problems.append({"target": "", "problem": {"text": text, "row": row}})
        if not derivation.steps and not derivation.missing:
            text = "No forward pass is here: nothing like `Z1 = W1 @ X + b1`, so there is nothing to derive."
            self.remarks.append(text)
            self.problems.append({"target": "", "problem": {"text": text, "row": None}})

    def _missing(self, derivation: "Derivation", missing: "Missing", examined: "Examined") -> None:
        from shapelint.explain.stops import missing_text

        row = None if missing.by is None else examined.source.position(missing.by.span.start).row
        name = "d" + derivation.network.words.get(missing.key, missing.key)
        text = missing_text(derivation, missing, name, row) + "."
        self.remarks.append(text[:1].upper() + text[1:])
        self.problems.append({"target": name, "problem": {"text": text, "row": row}})

    def _shown(self, derivation: "Derivation", examined: "Examined") -> "Shown":
        from shapelint.calculus.inside import notation_of
        from shapelint.explain.derivation import Teller
        from shapelint.render.derivation import Shown

        layout = self.values.layout or examined.report().layout
        notation = self.values.notation or notation_of(derivation.network)
        teller = Teller(derivation, notation, layout)
        told = tuple(
            teller.told(step)._replace(assumed=self.own and step.through.assumed) for step in derivation.steps
        )
        places = tuple(_place(examined.source, one.span) for one in told)
        return Shown(
            self._input().name,
            derivation.network.convention,
            layout,
            told,
            tuple(self.remarks),
            tuple(self.problems),
            places,
        )


def _place(source: Source, span: Span | None) -> tuple[int, int] | None:
    return None if span is None else tuple(source.position(span.start))  # type: ignore[return-value]


def _is_forward(source: Source, found: Diagnostic) -> bool:
    """Say whether a finding is on a line that makes no gradient."""
    line = source.line(source.row(found.span.start)).lstrip(" \t>$*-")
    return not line.startswith(("d", "\\partial", "\\frac{\\partial", "∂", "delta", "\\delta", "grad"))


def _layer(word: str) -> int | None:
    from shapelint.calculus.targets import usual_key

    key = usual_key(word)
    number = key.rpartition("[")[2].rstrip("]")
    return min(int(number), _MOST_LAYERS) if number.isdigit() else None


def _is_of_layer(key: str) -> bool:
    return key.endswith("]") and key[:1] in "WbZAzaX"


def parser() -> Parser:
    """Return the parser of this command."""
    made = Parser("shapelint derive [options] [TARGET ...] [PATH | -e FORMULA]", _DESCRIPTION, _EPILOG)
    add = made.add_argument_group("what to derive").add_argument
    add("paths", metavar="TARGET", nargs="*", help="gradients, dW1 or dW[l] (default: all); last a document")
    add("-e", dest="formulas", metavar="FORMULA", action="append", help="read this formula")
    add("--stdin-filename", metavar="NAME", help="read standard input as this file")
    add("--only", action="store_true", help="without the steps that these go through")
    add = made.add_argument_group("without a document").add_argument
    add("--convention", metavar="NAME", help="ng, rows, pytorch, ufldl, or a .shapes file of your own")
    add("--layers", metavar="N", type=_layers, help="how many layers (default: 2)")
    add("--activation", metavar="NAME", help="of the hidden layers, such as tanh")
    add("--cost", metavar="COST", type=one_of("cost", COSTS), help=", ".join(COSTS))
    add = made.add_argument_group("how to write it").add_argument
    add("--layout", metavar="LAYOUT", type=one_of("layout", LAYOUTS), help="gradient, numerator or both")
    add("--notation", metavar="NOTATION", type=one_of("notation", NOTATIONS), help=", ".join(NOTATIONS))
    add("--output-format", metavar="FORMAT", type=one_of("output format", FORMATS), help=", ".join(FORMATS))
    add("--output-file", metavar="FILE", help="write the results to this file")
    add(
        "--color",
        metavar="WHEN",
        type=one_of("color", ("auto", "always", "never")),
        help="auto, always or never",
    )
    add("--config", metavar="FILE", help="use this file, not the nearest one upwards")
    add("--isolated", action="store_true", help="use no configuration file")
    add("-v", "--verbose", action="store_true", help="where a fault of shapelint happened")
    add_about(made)
    return made


def _layers(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:5]) <= _MOST_LAYERS:
        raise Misuse(f"`{text}` is no number of layers: it is between 1 and {_MOST_LAYERS}")
    return int(text)
