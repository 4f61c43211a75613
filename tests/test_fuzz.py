"""Any bytes in, an answer out: seeded changes of the cases' inputs, and every input that once crashed.

`python -m tests.fuzz` is the long run, guided by coverage.
"""

import random
from collections.abc import Sequence

import pytest
from fuzz.corpus import CRASHES, KINDS, SUFFIXES, seeds
from fuzz.target import run

pytestmark = pytest.mark.filterwarnings("error")  # Python's own words about a program are its author's matter
RUNS = 400
PIECES = tuple(
    piece.encode()
    for piece in (
        *"()[]{}$\\^_=@*\n\"'#`\t\0ᵀ𝔘",
        *(".T", "$$", "\r\n", "```", "\\frac", "\\begin{align}", "np.sum(", "l-1", "W2", "dZ1", "axis=1"),
        *("def f(x):\n    ", "keepdims=True", "    ", "# shapelint: "),
        *(".*", "...\n", "end\n", "function a = f(z)\n", "%{\n", "(:, 2:end)", "[1; "),
    )
)
PREFIXES = 97  # every so many characters of a case, beginning elsewhere in each
SEEDS: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
for seed_kind, seed in seeds():
    SEEDS[seed_kind].append(seed)


@pytest.mark.parametrize("kind", KINDS)
def test_changed_inputs_are_answered(kind: str) -> None:
    rng = random.Random(f"shapelint {kind}")
    for _ in range(RUNS):
        data = _changed(rng.choice(SEEDS[kind]), SEEDS[kind], rng)
        try:
            run(kind, data)
        except Exception as fault:  # the input is what is wanted
            raise AssertionError(f"{kind}: {data!r}") from fault


@pytest.mark.parametrize("path", sorted(CRASHES.glob("*")), ids=lambda path: path.name)
def test_what_once_crashed_is_answered(path) -> None:
    run(SUFFIXES[path.suffix], path.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_read_as_another_is_answered(kind: str) -> None:
    for others in SEEDS.values():
        for data in others[::7]:
            run(kind, data)


@pytest.mark.parametrize("kind", KINDS)
def test_half_typed_every_case_is_answered(kind: str) -> None:
    for number, data in enumerate(SEEDS[kind]):
        for end in range(number % PREFIXES, len(data), PREFIXES):
            run(kind, data[:end])


def _changed(data: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """Cut, double, mix and splice, a few times over."""
    for _ in range(rng.randint(1, 6)):
        start = rng.randint(0, len(data))
        end = min(len(data), start + rng.randint(0, 40))
        match rng.randrange(5):
            case 0:
                data = data[:start] + data[end:]
            case 1:
                data = data[:end] + data[start:]
            case 2:
                data = data[:start] + rng.choice(PIECES) + data[start:]
            case 3:
                data = data[:start] + bytes([rng.randrange(256)]) + data[end:]
            case _:
                other = rng.choice(others)
                data = data[:start] + other[rng.randint(0, len(other)) :][:80] + data[end:]
    return data[:3_000]
