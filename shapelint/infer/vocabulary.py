"""A judged section in, the names and sizes out that somebody may write next: those of its convention, near a layer."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shapelint.infer.environment import Reading
from shapelint.infer.judged import Judged
from shapelint.infer.section import Section
from shapelint.shapes import MaybeShape, settled
from shapelint.sizes import layer_size, write_size
from shapelint.symbol import Layer

_GRADIENTS = frozenset("WbZAXzawx")


class Entry(NamedTuple):
    """A name that a convention knows, in the notation of text files, and its shape."""

    name: str
    shape: MaybeShape


def vocabulary(section: Section, judged: Iterable[Judged], layers: Iterable[int]) -> Iterator[Entry]:
    """Yield the names of a section's convention at these layers, with their gradients."""
    reading = next((one.verdict.reading for one in judged if one.verdict is not None), None)
    if reading is None:
        return
    known = section.facts.known
    numbered = [
        (word, f"{word}{layer}") for word in known.layered for layer in layers if layer or word in ("A", "a")
    ]
    for word, name in (*((word, word) for word in known.plain), *numbered):
        yield from _entry(section, reading, name)
        if word in _GRADIENTS:
            yield from _entry(section, reading, f"d{name}")


def _entry(section: Section, reading: Reading, name: str) -> Iterator[Entry]:
    symbol = section.names.symbol(name)
    if symbol is not None:
        yield Entry(name, settled(section.environment(reading).shape(symbol)))


def sizes(section: Section, layers: Iterable[int]) -> list[str]:
    """Return the sizes that a declaration may name, as the document spells them."""
    spellings = section.facts.spellings
    named = [write_size(layer_size(Layer("", layer)), spellings) for layer in layers]
    return list(dict.fromkeys((*named, "m", *spellings.values(), "1")))
