"""The hand of LaTeX: `W^{[2]T}` or `(W^{[2]})^T`, factors side by side, `\\sum_{i=1}^{m}`, as the document does it."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from shapelint.documents.macros import definitions
from shapelint.documents.manner import in_manner, manner_of
from shapelint.parse.latex.item import WORD
from shapelint.parse.latex.items import items
from shapelint.parse.latex.raw import raw
from shapelint.repair.hand import AXIS_WORDS, commonest
from shapelint.repair.kinds import MATRIX

_T = r"(?:T|\\top|\\intercal|\\(?:mathsf|mathrm|mathbf|text|textrm|textsf|rm)\s*(?:\{\s*T\s*\}|T))"
_SPACE = r"(?:\\[,;: ]|~|\s)*"
# `^{[2]T}`, `^{[2]\,T}`, `^{[2]^T}`: the transpose stands in the superscript of the layer
_INSIDE = re.compile(
    rf"\^\s*\{{\s*[\[(\\][^{{}}^]*?[\])](?P<sign>{_SPACE}\^?\s*(?:\{{\s*{_T}\s*\}}|{_T}))\s*\}}"
)
_SIGN = rf"\^\s*(?:{_T}(?![A-Za-z])|\{{\s*{_T}\s*\}})"
_LETTERS = r"(?:\\[A-Za-z]+\s*(?:\{\w+\})?|[A-Za-z])+"
# `(W^{[2]})^T`, `{W^{[2]}}^T`, `\left(W_2\right)^T`: behind brackets or braces around a name with a layer
_AROUND = re.compile(
    rf"(?<![\w'}}\])\\])(?P<open>(?:\\left\s*)?[({{]){_LETTERS}(?:\^\s*\{{[^{{}}]*\}}|_\s*(?:\{{[^{{}}]*\}}|\w))"
    rf"(?P<close>(?:\\right\s*)?[)}}]\s*{_SIGN})"
)
# `W_2^T`, `X^{\top}`, `(A B)^T`: behind anything else
_BARE = re.compile(rf"(?<!\])(?P<sign>{_SIGN})")
_NAME = "…"  # where the name stands in what is around it

_T_ALONE = re.compile(rf"{_T}(?=\s*\}}?\s*$)")
_ENDING = re.compile(rf"\s*\^\s*(?:{_T}|\{{\s*{_T}\s*\}})\s*$")
_IN_SCRIPT = re.compile(rf"{_SPACE}\^?\s*(?:\{{\s*{_T}\s*\}}|{_T})(?=\s*'*\s*\d*\s*\}}\s*(?:_\S+\s*)?$)")
_WRAPPED = re.compile(r"\s*\{(?P<inside>.*)\}\s*$", re.DOTALL)
_SCRIPT_END = re.compile(r"\^\s*\{(?P<inside>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*(?:_\S+\s*)?$")
_BELOW_NAME = re.compile(r"_\s*(?:\{[^{}]*\}|\d)\s*$")
_LAYER_BEFORE = re.compile(r"(?<=\{)\s*\[\s*\d+\s*\](?=\s*\()")  # `[0]` of `a^{[0](i)}`
_LAYER_SCRIPT = re.compile(r"\s*(?:\^\s*\{\s*[\[(]\s*\d+\s*[\])]\s*\}|_\s*(?:\{\s*\d+\s*\}|\d+)|\[\d+\])")

_BELOW = re.compile(
    r"\{\s*(?:\\partial\s*|\\mathrm\s*\{?d\}?\s*|d\s*)(?P<object>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*$"
)
_ELEMENTWISE = re.compile(r"\\odot|\\circ(?!\w)|\\ast|(?<!\\)\.\*|(?<![\\.^{])\*")
_DOTS = re.compile(r"\\cdot(?![a-z])")
# A letter by itself or behind the d of a gradient, no part of `\\mathbf`.
_LETTER = re.compile(r"(?<![A-Za-z\\])(?P<d>d?)(?P<letter>[AaXx])(?![A-Za-z])")
_INPUTS = MappingProxyType({"X": "A", "x": "a"})
_FEATURES = MappingProxyType({"A": "X", "a": "x"})
_SUM = re.compile(
    r"\\sum(?:\\limits)?\s*_\s*(?:i|\{\s*i\s*(?:=\s*[01]\s*)?\})(?:\s*\^\s*(?:m|\{\s*m\s*\}))?(?![\w^])"
)
_USUAL = 2  # dots in a document, before it is taken to write its products with them
_LAYERS = re.compile(r"(?<=[WZAabz])\}?\s*(\^\s*\{\s*\[|\^\s*\{\s*\(|_\s*\{?)\s*[\dlL]")


class _Habits(NamedTuple):
    """What a document uses most: its transposes in a superscript, around and behind a name, its signs and layers."""

    inside: str
    around: str
    bare: str
    elementwise: str
    matrix: str
    numpy: bool
    total: str
    layers: str


_CALLED = re.compile(r"(\\[A-Za-z]+)(?:\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\w))*\s*")
_RAISED_AT_LAST = re.compile(r"\^\s*(?:[^\s{}\\]|\\[A-Za-z]+|\{(?:[^{}]|\{[^{}]*\})*\})\s*$")
_RAISED = re.compile(r"\^\s*(?:[^\s{}]|\{[^{}]*\})$")


class LatexHand:
    """Writes as one document does."""

    def __init__(self, document: str, side: str) -> None:
        """Take the texts; their habits are looked up when something is to be written."""
        self._document, self._side = document, side

    @cached_property
    def _habits(self) -> _Habits:
        """Return the habits of the document; those of the side that is rewritten count first."""
        usual, here = usual_habits(self._document), usual_habits(self._side)
        return _Habits(
            here.inside or usual.inside,
            here.around or usual.around,
            here.bare or usual.bare,
            here.elementwise or usual.elementwise,
            here.matrix or usual.matrix,
            here.numpy or usual.numpy,
            here.total or usual.total,
            here.layers or usual.layers,
        )

    def transposed(self, text: str) -> str:
        """Put the transpose into the superscript of a layer, behind it, or behind the name."""
        habits = self._habits
        bare = habits.bare or "^T"
        if text.startswith(("\\frac", "\\dfrac", "\\tfrac")):
            return rf"\left({text}\right){bare}"
        if self._stands_for_raised(text):
            return f"{{{text}}}{bare}"
        if not _is_name(text):
            return f"({text}){bare}" if _RAISED.search(text) else text + bare
        script = _SCRIPT_END.search(text)
        if habits.around and not habits.inside and (script or _BELOW_NAME.search(text)):
            return habits.around.replace(_NAME, text)
        if script is None:
            single = re.search(r"\^\s*[^\s{]$", text)
            return f"({text}){bare}" if single else text + bare
        if not habits.inside and script["inside"].rstrip()[-1:] not in (")", "]", "}"):
            return f"({text}){bare}"  # nobody reads `l-1T`
        inside = habits.inside or _T_ALONE.findall(bare)[0]
        return f"{text[: script.end('inside')]}{inside}{text[script.end('inside') :]}"

    def _stands_for_raised(self, text: str) -> bool:
        """Say whether a text is a macro with something above its end: TeX takes no second superscript there."""
        called = _CALLED.fullmatch(text)
        body = definitions(self._document).get(called[1]) if called else None
        return body is not None and bool(_RAISED_AT_LAST.search(body))

    def plain(self, text: str) -> str:
        """Return a name without its transpose, wherever that stands."""
        without = _ENDING.sub("", text)
        if without != text:
            wrapped = _WRAPPED.match(without)
            return wrapped["inside"] if wrapped and _is_closed(wrapped["inside"]) else without
        return _IN_SCRIPT.sub("", text)

    def untransposed(self, text: str) -> str:
        """Return a term without the transpose behind it or in its superscript."""
        return self.plain(text)

    def is_transpose(self, old: str, left: str, right: str) -> bool:
        """Both sides stand in the old text the other way round, each with its transpose the other way."""
        turned = [(name, not flipped) for name, flipped in (*_names(right), *_names(left))]
        return len(turned) == 2 and _names(old) == turned

    def spelling(self, text: str) -> str:
        """Return the one word that a text is, in the plain notation's spelling; "" where it is more."""
        text = in_manner(text, text, manner_of(self._document))
        found = list(items(raw(text, 0, len(text))))
        if not found or found[0].kind != WORD or (len(found) > 1 and not found[0].scripts.power):
            return ""
        return found[0].spelling

    def object_of(self, gradient: str) -> str:
        """Return what stands behind the d; of a fraction, below its line."""
        below = _BELOW.search(gradient)
        return below["object"] if below else self.plain(gradient)[1:]

    def at_layer(self, text: str, old: str, new: str) -> str:
        """The layer is the first number in brackets or below, else behind the letters; a power stands further on."""
        found = re.search(rf"(?<=[\[(_^])(?P<open>\s*\{{?\s*){old}(?!\d)", text) or re.search(
            rf"(?<=[A-Za-z])(?P<open>){old}(?!\d)", text
        )
        if found is None:
            return text
        return text[: found.start()] + found["open"] + new + text[found.end() :]

    def raised(self, text: str, power: str) -> str:
        """A superscript does not stand behind another: `(A^{[1]})^2`."""
        above = power.lstrip().startswith("^") and _SCRIPT_END.search(text)
        return f"({text}){power}" if above else text + power

    def sign(self, kind: str) -> str:
        """Side by side is the matrix product here, unless the document always writes a sign."""
        if kind == MATRIX:
            return f" {self._habits.matrix} " if self._habits.matrix else " "
        return f" {self._habits.elementwise or chr(92) + 'odot'} "

    def is_beside(self, between: str) -> bool:
        """Say whether nothing but blanks stands between."""
        return not re.search(r"\\(?!,|;|:|!|quad)[A-Za-z]+\s*$|[*@·⊙∘×./]\s*$", between)

    def total(self, axis: int, kept: bool = True) -> tuple[str, str]:
        """NumPy's sum where the document has it, else that of mathematics."""
        if self._habits.numpy:
            return r"np.sum(", f", axis={axis}, keepdims=True)" if kept else f", axis={axis})"
        return f"{self._habits.total or chr(92) + 'sum_{i=1}^{m}'} ", ""

    def words(self) -> tuple[str, str]:
        """Those of NumPy."""
        return AXIS_WORDS

    def inputs(self, text: str, layer: int) -> str:
        """`X` becomes `A^{[1]}`, its fonts stay."""
        if below := _BELOW.search(text):  # of a fraction, below its line
            inner = self.inputs(below["object"], layer)
            return text[: below.start("object")] + inner + text[below.end("object") :]
        other, script = _with_letters(text, _INPUTS), self._layer(layer)
        if script.startswith("^") and (found := _SCRIPT_END.search(other)):  # `x^{(i)}` becomes `a^{[1](i)}`
            return other[: found.start("inside")] + script[2:-1] + other[found.start("inside") :]
        return other + script

    def before(self, text: str) -> str:
        """Return a name without a layer as that of the layer before, `A_prev`; "" where nobody writes one."""
        return ""

    def features(self, text: str) -> str:
        """`A^{[0]}` becomes `X`."""
        return _with_letters(_LAYER_SCRIPT.sub("", _LAYER_BEFORE.sub("", text)), _FEATURES)

    def _layer(self, layer: int) -> str:
        opening = self._habits.layers
        if "(" in opening:
            return f"^{{({layer})}}"
        if opening.startswith("_"):
            return f"_{{{layer}}}" if opening.endswith("{") else f"_{layer}"
        return f"^{{[{layer}]}}"


@lru_cache(maxsize=64)
def usual_habits(text: str) -> _Habits:
    """Return what a text shows of its writer's ways."""
    around, inside = list(_AROUND.finditer(text)), list(_INSIDE.finditer(text))
    usual = commonest(match["sign"] for match in inside) if len(inside) >= len(around) else ""
    outside = commonest(f"{match['open']}{_NAME}{match['close']}" for match in around)
    return _Habits(
        usual,
        "" if usual else outside,
        _bare(text, [*around, *inside]) or _sign_of(usual or outside),
        commonest(match.group() for match in _ELEMENTWISE.finditer(text)),
        r"\cdot" if len(_DOTS.findall(text)) >= _USUAL else "",
        text.count("np.sum") > text.count("\\sum"),
        commonest(match.group() for match in _SUM.finditer(text)),
        commonest("".join(match[1].split()) for match in _LAYERS.finditer(text)),
    )


def _bare(text: str, others: list[re.Match[str]]) -> str:
    """Return the commonest transpose behind names without a layer above, else behind brackets."""
    ends = {match.end() for match in others}
    found = [
        match
        for match in _BARE.finditer(text)
        if match.end() not in ends and not any(one.start() < match.start() < one.end() for one in others)
    ]
    names = [match["sign"] for match in found if not text[: match.start()].rstrip().endswith(")")]
    return commonest(names or (match["sign"] for match in found))


def _sign_of(written: str) -> str:
    """Return the transpose that is written in or around layers as it stands behind a name: `^\\top`."""
    found = _T_ALONE.search(written)
    if found is None:
        return ""
    sign = found.group()
    return f"^{{{sign}}}" if "{" in sign or f"{{{sign}}}" in written else f"^{sign}"


def _with_letters(text: str, letters: Mapping[str, str]) -> str:
    """Exchange a name's one letter; those of its fonts are commands, and stay."""
    return _LETTER.sub(
        lambda found: found["d"] + letters.get(found["letter"], found["letter"]), text, count=1
    )


def _is_name(text: str) -> bool:
    """Say whether a text is one name with its scripts."""
    found = list(items(raw(text, 0, len(text))))
    return len(found) == 1 and found[0].kind == WORD


def _names(text: str) -> list[tuple[str, bool]]:
    """Return the matrices of a text with whether they are transposed; numbers and functions are none."""
    found = items(raw(text, 0, len(text)))
    return [
        (item.spelling, item.scripts.transposed is not None)
        for item in found
        if item.kind == WORD and item.base not in ("m", "alpha", "lambda")
    ]


def _is_closed(text: str) -> bool:
    """Say whether no brace of a text is open."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return not depth
