"""A memory of the last version changes nothing but the time: every answer is that of a fresh check."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from casefile.cases import read_cases

from shapelint.check import Examined, Options, examine
from shapelint.documents.recall import Recalled
from shapelint.documents.statements import statements
from shapelint.infer import section
from shapelint.infer.recall.memory import Memory, OutdatedError
from shapelint.source import Source
from tests.benchmarks.formula_lines import formula_lines

CASES = Path(__file__).parent / "cases"
TEXTS = [
    case.input.text for path in sorted(CASES.rglob("*.md")) for case in read_cases(path.read_text("utf-8"))
]
LINES = [line for text in TEXTS for line in text.split("\n") if "=" in line or ":" in line]
TYPED = (
    "T",
    "d",
    "1",
    "2",
    " ",
    "\n",
    "(",
    ")",
    "W1",
    "=",
    "[l]",
    "$",
    "H",
    "'",
    "#",
    "a",
    "λ",
    "𝔘",
    ",",
    "",
)
NAMES = ("formulas.txt", "notes.md", "paper.tex")


def _edited(text: str, rng: random.Random) -> str:
    """Type a little, or move, add and take away lines."""
    lines = text.split("\n")
    row = rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            lines.insert(row, rng.choice(LINES))
        case 1:
            del lines[row]
        case 2:
            other = rng.randrange(len(lines))
            lines[row], lines[other] = lines[other], lines[row]
        case _:
            start = rng.randrange(len(text) + 1)
            return text[:start] + rng.choice(TYPED) + text[start + rng.choice((0, 0, 1, 3)) :]
    return "\n".join(lines)


def _versions(rng: random.Random) -> Iterator[str]:
    text = "\n".join(rng.sample(TEXTS, rng.choice((1, 2))))
    for _ in range(6):
        yield text
        text = _edited(text, rng)


def _answers(found: Examined) -> tuple[object, ...]:
    return *found.report()[1:], found.analysis()


@pytest.mark.parametrize("seed", range(60))
def test_after_any_edits_the_answers_are_those_of_a_fresh_check(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(5):
        memory, name = Memory(), rng.choice(NAMES)
        options = Options(listing=rng.random() < 0.5)
        for text in _versions(rng):
            source = Source(name, text)
            assert _answers(examine(source, options, memory)) == _answers(examine(source, options)), text


@pytest.mark.parametrize("seed", range(20))
def test_a_text_taken_apart_again_gives_the_same_statements(seed: int) -> None:
    rng = random.Random(seed)
    recalled = Recalled()
    for _ in range(8):
        for text in _versions(rng):
            assert list(recalled.statements(text)) == list(statements(text, 0, len(text)))


def _read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the statements that are read from now on."""
    read: list[str] = []
    usual = section.read_formula

    def counted(text: str, start: int, end: int, *rest: object) -> object:
        read.append(text[start:end])
        return usual(text, start, end, *rest)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr(section, "read_formula", counted)
    return read


@pytest.mark.parametrize("name", NAMES[:2])
def test_a_statement_that_did_not_change_is_not_read_again(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = "```\n{}\n```\n" if name == "notes.md" else "{}\n"
    lines = [*formula_lines(200), "dA1 = W2 @ dZ2", "Y : (n9, m)", "V = W2.T @ dZ2", "dZ9 = A9 - Y"]
    memory = Memory()
    examine(Source(name, around.format("\n".join(lines))), Options(), memory).report()
    read = _read(monkeypatch)
    lines[100] = "dA1 = W2.T @ dZ2 * 7"
    again = examine(Source(name, "\n" + around.format("\n".join(lines))), Options(), memory)
    assert [one.code for one in again.report().diagnostics] == ["inner-sizes"]
    assert set(read) == {"dA1 = W2.T @ dZ2 * 7"}


def test_what_nobody_waits_for_is_given_up() -> None:
    memory = Memory()
    first, second = (Source("a.shapes", f"Z1 = W1 @ X + b{number}") for number in (1, 2))
    memory.wanted = second
    with pytest.raises(OutdatedError):
        examine(first, Options(), memory)
    assert examine(second, Options(), memory).report() == examine(second).report()


def test_a_memory_forgets_what_stands_no_more() -> None:
    memory = Memory()
    for number in range(50):
        examine(Source("a.shapes", f"dA{number} = W2 @ dZ2\n"), Options(), memory).report()
    (sheet,) = memory._new.values()
    assert len(sheet._new) <= 1
