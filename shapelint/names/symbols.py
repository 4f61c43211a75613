"""What a spelling means in this document: words and declarations in, symbols out.

The order of the questions is that of `notation.md`, "Names": base and layer; then a gradient; then a name that
nobody declared.
"""

import re
from collections.abc import Collection, Iterator

from shapelint.declared import As, Declared, Known
from shapelint.names.entries import ENTRY, entry
from shapelint.spelling import DIGITS, Spelled, canonical, loose_key, spelled
from shapelint.symbol import LAYERLESS, OUTPUT, UNDECLARED, WORD, Flags, Layer, Symbol

_RELATIVE = {
    "prev": Layer("λ", -1),
    "next": Layer("λ", 1),
    "curr": Layer("λ", 0),
    "L": Layer("L", 0),
    "l": Layer("l", 0),
}
_CONSTANTS = frozenset(("e", "pi"))  # what is the same at every time: `e_t` is something else
_RELATED = re.compile(r"(.+?)(prev|next|curr|L|l)$")
_GRADIENT = re.compile(r"(?:d|grad)(?=.)")
_CHANGE = re.compile(r"Delta(?=[A-Z])")  # `ΔW1`, by which a step changes W1; `Δ1` sums gradients up
_COSTS = frozenset(("J", "L", "cost", "Cost", "loss", "Loss", "E", "C", "l", "CE", "BCE", "MSE"))
_PROSE = re.compile(r"[A-Za-z]?[a-z]+$")
_LAYER_FLAGS = {"λ": LAYERLESS, "L": OUTPUT}
_SAMPLE = 987_654  # a layer that no document names


class Symbols:
    """The symbols of one section: each is made once, whatever spellings it has.

    `brackets` is true where the document writes layers with `[ ]`, so that `^(2)` is an example. `positions` says how
    many positions the entries have that it writes.
    """

    def __init__(
        self,
        known: Known,
        assigned: frozenset[str],
        brackets: bool,
        code: bool = False,
        positions: Collection[int] = (),
        earlier: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with what is declared and what is assigned (canonical words) in the section, and in `earlier` ones."""
        self.known = known
        self.assigned = assigned
        self._earlier = earlier
        self.brackets = brackets
        self.positions = positions
        self._gradients = not code
        self._symbols: dict[str, Symbol] = {}
        self._bases: dict[str, Symbol | None] = {}

    def derivative(self, above: Symbol, below: Symbol) -> Symbol:
        """Return what `above / below` stands for: by a cost it is the gradient, else it cannot be told."""
        if above.base == below.base == ENTRY:
            return self._intern(f"{above.key}/{below.key}", ENTRY, None, False, 0)
        if above.object_key in _COSTS or (not above.gradient and above.key[1:] in _COSTS):
            return below
        key = f"{above.key}/{below.key}"
        return self._intern(key, key, None, False, 0)

    def symbol(self, raw: str) -> Symbol | None:
        """Return the symbol of a spelling that is known, None for others."""
        return self._known_symbol(self._spelled(raw))

    def declared(self, symbol: Symbol) -> Declared | None:
        """Return the declaration that a symbol (a gradient: its object) stands under."""
        return self.known.find(symbol.base, symbol.layer)

    def layers(self) -> set[int]:
        """Return the numbers of the layers that the formulas read so far have named."""
        layers = (symbol.layer for symbol in self._symbols.values())
        return {layer.offset for layer in layers if layer is not None and not layer.base}

    def mark(self, key: str, flags: Flags) -> None:
        """Note what a formula has to settle that uses a name, or its gradient, whose shape was learnt."""
        for known in (key, f"d{key}"):
            if known in self._symbols:
                self._symbols[known].flags |= flags

    def speak_of_layers(self) -> bool:
        """Say whether a name that was read has a layer of its own or is a gradient of a known name."""
        return any(symbol.gradient or _is_layered(symbol) for symbol in self._known_ones())

    def speak_of(self) -> tuple[bool, bool, bool]:
        """Say whether the names that were read speak of layers, of networks, and tell layers apart."""
        return self.speak_of_layers(), self.speak_of_networks(), self.tell_layers_apart()

    def tell_layers_apart(self) -> bool:
        """Say whether a name that was read has a layer of its own, a number or a letter."""
        return any(symbol.layer is not None and symbol.layer.base != "λ" for symbol in self._symbols.values())

    def speak_of_networks(self) -> bool:
        """Say whether a known name was read as nobody else writes it: `W[1]`, or the gradient of one of a layer."""
        telling = (symbol for symbol in self._known_ones() if self.brackets or symbol.gradient)
        return any(map(_is_layered, telling))

    def _known_ones(self) -> Iterator[Symbol]:
        return (symbol for symbol in self._symbols.values() if not symbol.flags & UNDECLARED)

    def related(self, word: str, layer: Layer | None) -> Symbol | None:
        """Return the symbol of a name that a declaration refers to (`as W[l]`), at a given layer."""
        return self._known_symbol(Spelled(word, layer, False, False, 0))

    def _spelled(self, raw: str) -> Spelled:
        found = spelled(raw, self._gradients)
        if found.round and self.brackets:
            return found._replace(layer=None)
        return found

    def _numbered(self, base: str, number: str) -> Symbol | None:
        """Return the symbol of a plain word and a layer, such as `dZ17`: each word is worked out once."""
        sample, word = self._sample(base), f"{base}{number}"
        if sample is None or word in self.known.plain or word in self.known.layered:
            return None
        if (sample.base, int(number)) in self.known.single:
            return None
        key, layer = f"{sample.key.partition('[')[0]}[{number}]", Layer("", int(number))
        symbol = self._intern(key, sample.base, layer, sample.gradient, sample.flags)
        if (declared := self.declared(symbol)) is not None:
            self._alike(declared, layer)  # who speaks of delta2 speaks of dz2
        return symbol

    def _sample(self, base: str) -> Symbol | None:
        """Return the symbol of a word at a layer that no document names, None where it has no layers."""
        if base not in self._bases:
            before = len(self._symbols)
            sample = self._known_symbol(Spelled(f"{base}{_SAMPLE}", None, False, False, 0))
            while len(self._symbols) > before:
                self._symbols.popitem()  # the sample is no name of this document
            layered = sample is not None and sample.layer == Layer("", _SAMPLE)
            self._bases[base] = sample if layered else None
        return self._bases[base]

    def _known_symbol(self, parts: Spelled) -> Symbol | None:
        word, layer = parts.word, parts.layer
        if parts.time and layer is None:
            timed = f"{word}t"
            if self._is_stated(word) and not self._is_stated(timed):
                return self._plain(word)  # `y_t : C x 1` outranks what a convention says of `yt`
            found = self._plain(timed) or self._gradient(timed, None)
            if found is None and word not in _CONSTANTS:
                found = self._plain(word) or self._gradient(word, None)
            return found
        return self._object(word, layer) or self._gradient(word, layer)

    def _is_stated(self, word: str) -> bool:
        """Say whether the document itself says of a plain name what it is."""
        declared = self.known.plain.get(word)
        return declared is not None and declared.span is not None

    def _object(self, word: str, layer: Layer | None) -> Symbol | None:
        """Return the symbol of a name that is no gradient."""
        if layer is not None:
            return self._layered(word, layer)
        if (plain := self._plain(word)) is not None:
            return plain
        if word in self.known.layered:
            return self._layered(word, Layer("λ", 0))
        if (match := DIGITS.match(word)) and (found := self._layered(match[1], Layer("", int(match[2])))):
            return found
        if (match := _RELATED.match(word)) and match[1] in self.known.layered:
            return self._layered(match[1], _RELATIVE[match[2]])
        return None

    def _plain(self, word: str) -> Symbol | None:
        declared = self.known.plain.get(word)
        if declared is not None:
            return self._intern(word, word, None, False, declared.flags)
        if self._assigns(word) and word not in self.known.layered and not self._is_spelled_out(word):
            return self._intern(loose_key(word, None), loose_key(word, None), None, False, UNDECLARED)
        return None

    def _is_spelled_out(self, word: str) -> bool:
        """Say whether an assigned word is a name that the tables read anyway: W1, dZ1, A_prev."""
        match = DIGITS.match(word) or _RELATED.match(word)
        if match and match[1] in self.known.layered:
            return True
        return self._gradient(word, None) is not None or self._undeclared_gradient(spelled(word)) is not None

    def _layered(self, word: str, layer: Layer) -> Symbol | None:
        declared = self.known.find(word, layer)
        if declared is None:
            return None
        flags = declared.flags | _LAYER_FLAGS.get(layer.base, 0)
        other = self._alike(declared, layer)
        flags |= other.flags if other is not None else 0
        return self._intern(f"{word}[{layer}]", word, layer, False, flags)

    def _alike(self, declared: Declared, layer: Layer | None) -> Symbol | None:
        """Return the symbol of the name that another is declared like."""
        same = declared.shapes[0]
        return self.related(same.word, layer if same.layer else None) if isinstance(same, As) else None

    def _gradient(self, word: str, layer: Layer | None) -> Symbol | None:
        match = _GRADIENT.match(word) or _CHANGE.match(word)
        if match is None:
            return None
        rest = word[match.end() :]
        inner = self._object(rest, layer)
        if inner is None and not (layer is None and rest[0].isupper() and self._is_made(rest)):
            inner = self._object(rest[0].lower() + rest[1:], layer)
            if inner is not None and inner.base in ("m", "t", "i", "e") and rest[0].isupper():
                inner = None  # `dM` is the gradient of a matrix, of no number
        if inner is None and layer is not None and not self._is_own(rest, layer):
            inner = self._layered(rest[0].upper() + rest[1:], layer)  # `dw[l]` beside `W[l]`
        if inner is None or inner.gradient:
            return None
        return self._intern(f"d{inner.key}", inner.base, inner.layer, True, inner.flags)

    def _is_own(self, word: str, layer: Layer | None) -> bool:
        """Say whether a name that nobody declared was assigned, or read before, in this document."""
        return self._assigns(word) or self._has_read(loose_key(word, layer))

    def _is_made(self, word: str) -> bool:
        """Say whether the document makes a name, here or before: `dC` is of its C then, not of a `c`."""
        # biases are written as a capital B, too
        return self._is_own(word, None) or (word != "B" and self._makes_before(word))

    def _undeclared_gradient(self, parts: Spelled) -> Symbol | None:
        """Read `dV` as the gradient of a V that nobody declared: a capital tells it from a word."""
        match = _GRADIENT.match(parts.word)
        rest = parts.word[match.end() :] if match else ""
        words = not rest[:1].isupper() or (len(rest) > 1 and _PROSE.match(rest))
        if words and (rest not in _COSTS or len(rest) == 1):
            return None
        key = loose_key(rest, parts.layer)
        return self._intern(f"d{key}", key, None, True, UNDECLARED)

    def version(self, symbol: Symbol, key: str) -> Symbol:
        """Return the symbol of one assignment of a known name in a program, which goes by a key of its own."""
        found = self._symbols.get(key)
        if found is None:
            found = self._symbols[key] = Symbol(
                key, symbol.base, symbol.layer, symbol.gradient, symbol.flags, symbol.object_key
            )
        return found

    def undeclared(self, word: str) -> Symbol:
        """Return the symbol of a word that nobody declared."""
        if (one := self._entry(word)) is not None:
            return one
        parts = self._spelled(word)
        key = loose_key(parts.word, parts.layer)
        wordlike = len(word) > 1 and _PROSE.match(word) is not None and not self._assigns(canonical(word))
        return self._intern(key, key, None, False, UNDECLARED | (WORD if wordlike else 0))

    def _entry(self, word: str) -> Symbol | None:
        """Return the symbol of one entry of an array, or of its gradient; None for what is none."""
        base = entry(word, self.positions) if self.positions else ""
        if not base:
            return None
        return self._intern(word, ENTRY, None, base[0] == "d" and len(base) > 1 and base[:3] != "del", 0)

    def _assigns(self, word: str) -> bool:
        """Say whether the section assigns a word: with the next question all that a reading asks of the formulas."""
        return word in self.assigned

    def _makes_before(self, word: str) -> bool:
        """Say whether an earlier section assigns a word."""
        return word in self._earlier

    def _has_read(self, key: str) -> bool:
        """Say whether a name was read before in this section."""
        return key in self._symbols

    def _intern(self, key: str, base: str, layer: Layer | None, gradient: bool, flags: Flags) -> Symbol:
        symbol = self._symbols.get(key)
        if symbol is None:
            symbol = self._symbols[key] = Symbol(key, base, layer, gradient, flags)
        return symbol


def _is_layered(symbol: Symbol) -> bool:
    return symbol.has_layer and symbol.base != "n"
