"""How a document that was solved is laid out, in sentences for `-v`: which lines say so, and what they outranked."""

from collections.abc import Iterator, Sequence

from shapelint.conventions.worlds import NG, World
from shapelint.explain.context import shown
from shapelint.explain.phrases import line_at, shape_text
from shapelint.infer.choose import Chosen
from shapelint.infer.section import Section
from shapelint.infer.solution import Solution
from shapelint.sizes import Unknown, resolve, write_size
from shapelint.source import Source
from shapelint.tree import Name, walk

_MOST = 3  # lines, and names, that are told; of the others the number


def understood(source: Source, solved: Sequence[Chosen]) -> Iterator[str]:
    """Yield how the sections of a document are laid out, world by world, then what of the convention was not taken."""
    worlds: dict[World, list[Chosen]] = {}
    for one in solved:
        if one.section.solution is not None:
            worlds.setdefault(one.section.solution.world, []).append(one)
    for world, sections in worlds.items():
        voting = _voting(source, sections)
        if voting or world != NG or len(worlds) > 1:
            yield f"{_layout(world)} ({voting or 'no forward line says so'})"
    untaken = list(dict.fromkeys(said for one in solved for said in _untaken(source, one)))
    yield from untaken[:_MOST]
    if len(untaken) > _MOST:
        yield f"and {len(untaken) - _MOST} more"


def _layout(world: World) -> str:
    examples = "columns" if world.columns else "rows"
    weights = "outputs × inputs" if world.out_in else "inputs × outputs"
    numbered = ", numbered by the layer that they leave" if world.leaves else ""
    return f"examples in {examples}, weights {weights}{numbered}"


def _voting(source: Source, sections: Sequence[Chosen]) -> str:
    """Say which forward lines decided a world, "" if none did."""
    votes = dict.fromkeys(line_at(source, start) for one in sections for start in one.votes)
    return f"{_lines(list(votes))} {'say' if len(votes) > 1 else 'says'} so" if votes else ""


def _lines(names: Sequence[str]) -> str:
    """Write `line 2`, `lines 2 and 4`, `lines 2, 4, 5 and 3 more`; those of cells one by one."""
    if len(names) == 1:
        return names[0]
    first, last = list(names[:_MOST]), f"{len(names) - _MOST} more"
    if len(names) <= _MOST:
        last = first.pop()
    listed = f"{', '.join(first)} and {last}"
    return listed if " of cell " in listed else f"lines {listed.replace('line ', '')}"


def _untaken(source: Source, chosen: Chosen) -> Iterator[str]:
    """Yield what a convention says and the lines of a section say otherwise."""
    section, solution = chosen.section, chosen.section.solution
    assert solution is not None
    for name in chosen.off:
        yield f"`{name}` and what belongs to it are not what the convention says"
    for key in solution.dropped:
        said = _instead(source, section, solution, key)
        yield f"`{shown(key)}` is not what the convention says" + (f": {said}" if said else "")
    for sizes in solution.doubled:
        one, other = (write_size(size, section.facts.spellings) for size in sizes)
        if one != other:
            yield f"{one} and {other} are one size here, not two as the convention says"


def _instead(source: Source, section: Section, solution: Solution, key: str) -> str:
    """Say what a name is instead, and which line makes it so or uses it first; "" where its sizes have no names."""
    found = solution.found.get(key)
    if found is None or any(isinstance(resolve(size), Unknown) for size in found.shape):
        return ""
    shape = shape_text(found.shape, section.facts.spellings)
    if found.end:
        return f"{line_at(source, found.start)} makes it {shape}"
    start = _first_use(section, key)
    return f"it is {shape}" if start is None else f"{line_at(source, start)} takes it as {shape}"


def _first_use(section: Section, key: str) -> int | None:
    """Return where the first formula begins that has a name."""
    for statement in section.statements:
        formula = section.read(statement).formula
        if formula is not None and any(
            isinstance(node, Name) and node.symbol.key == key for node in walk(formula.parts)
        ):
            return statement.start
    return None
