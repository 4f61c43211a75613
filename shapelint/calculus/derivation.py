"""What is asked for in, the steps that answer it out, and what stops the others."""

from collections.abc import Sequence
from typing import NamedTuple

from shapelint.calculus.complete import completed
from shapelint.calculus.derivatives import reached
from shapelint.calculus.expressions import COMPARE
from shapelint.calculus.inside import with_insides_named
from shapelint.calculus.layers import with_next_layer
from shapelint.calculus.network import EARLIER, Network, Stopped, plain_key
from shapelint.calculus.scales import scale_of
from shapelint.calculus.steps import Step, Steps, steps
from shapelint.calculus.usual import Usual

# Why there is no step for a target.
UNKNOWN, UNUSED, STOPPED, SHAPELESS, GIVEN = "unknown", "unused", "stopped", "shapeless", "given"
_DATA = frozenset(("X", "x", "Y", "y"))


class Missing(NamedTuple):
    """A target that has no step: why, and the line that stops it, if one does."""

    key: str
    reason: str
    by: Stopped | None


class Derivation(NamedTuple):
    """The steps that were asked for, in the order of the way back; what has none; lines that a step leaves out.

    `assumed` says what the document did not tell: "forward" where lines of the convention were taken, "cost" where a
    cost was.
    """

    steps: tuple[Step, ...]
    all: Steps
    missing: tuple[Missing, ...]
    left_out: tuple[Stopped, ...]
    assumed: tuple[str, ...]

    @property
    def network(self) -> Network:
        """The network that was derived."""
        return self.all.network

    @property
    def complete(self) -> bool:
        """Say whether nothing stopped anything that was asked for."""
        return not self.missing and not self.left_out


def derive(network: Network, targets: Sequence[str], only: bool, usual: Usual | None = None) -> Derivation:
    """Derive the gradients by some keys, or all of them; with `only` without the steps that they go through.

    What the network does not tell is taken from the usual one, where one is given.
    """
    assumed: tuple[str, ...] = ()
    if usual is not None:
        network, assumed = completed(network, targets, usual)
    network = with_insides_named(with_next_layer(network))
    found = steps(network, scale_of(network))
    targets = [_defined(network, found, key) for key in targets]
    keys = list(targets) or [key for key in found.by_key if is_wanted(network, key)]
    missing = tuple(_missing(key, found) for key in keys if key not in found.by_key)
    chosen = found.needed(keys)
    if only or not targets:
        chosen = [step for step in chosen if step.key in keys]
    shown = {step.key for step in chosen}
    left_out = tuple(one for one in network.stopped.values() if shown.intersection(one.names))
    return Derivation(tuple(chosen), found, missing, left_out, assumed)


def _defined(network: Network, found: Steps, key: str) -> str:
    """Return the key that a target means: A0 is X, and the other way round; a1 and A1 are one."""
    if key in found.by_key or key in network.shapes:
        return key
    other = key[:1].swapcase() + key[1:]
    if other in found.by_key:
        return other
    same = {"A[0]": "X", "a[0]": "x", "X": "A[0]", "x": "a[0]"}.get(key, key)
    return same if same in found.by_key else key


def is_wanted(network: Network, key: str) -> bool:
    """Say whether a name's gradient is asked for where nobody says which: what is computed, weights and biases."""
    if key in network.lines:
        return network.lines[key].value.op != COMPARE
    shape = network.shape(key) or ()
    if not shape:
        return key[:1] in ("b", "c") and not key.startswith(("beta", "batch"))
    return plain_key(key) not in _DATA and EARLIER not in key and "m" not in shape


def _missing(key: str, found: Steps) -> Missing:
    network = found.network
    if key in found.given:
        return Missing(key, GIVEN, None)
    if key in network.stopped:
        return Missing(key, STOPPED, network.stopped[key])
    stopping = next((one for one in network.stopped.values() if key in reached(network, one.names)), None)
    if stopping is not None:
        return Missing(key, STOPPED, stopping)
    if key not in network.shapes and key not in network.lines and key not in network.words:
        return Missing(key, UNKNOWN, None)
    return Missing(key, UNUSED if network.shape(key) is not None else SHAPELESS, None)
