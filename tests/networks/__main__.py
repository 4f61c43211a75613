"""`python -m tests.networks`: a table of what is missed and what is told falsely, and the first failures."""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from random import Random
from time import perf_counter

from shapelint.diagnostic import Diagnostic

from .catalogue import LAYOUTS
from .documents import NOTATIONS, OCTAVE, Document, drawn, every_network
from .layouts import FORWARD
from .mutants import MUTANT, drawn_mutant
from .scoring import (
    BAD_REPAIR,
    HARMLESS_TOLD,
    HEAD,
    MISSED,
    OTHER_REPAIR,
    RIGHT_TOLD,
    UNSAFE_REPAIR,
    Outcome,
    outcome,
    row,
)

_ALL = (*NOTATIONS, MUTANT)
_FAULTS = {
    "missed": MISSED,
    "blamed": RIGHT_TOLD,
    "false": HARMLESS_TOLD,
    "repair": BAD_REPAIR,
    "other": OTHER_REPAIR,
    "safe": UNSAFE_REPAIR,
}


def document(seed: int, number: int, notations: Sequence[str] = _ALL, named: str = "") -> Document:
    """Return a document: the networks take turns, then the notations."""
    networks = list(every_network(named).values())
    random = Random(f"{seed} {number}")
    network = networks[number % len(networks)]
    notation = notations[number // len(networks) % len(notations)]
    return drawn_mutant(random, network) if notation == MUTANT else drawn(random, network, notation)


def documents(seed: int, count: int) -> Iterator[Document]:
    """Yield documents of every network in every notation."""
    return (document(seed, number) for number in range(count))


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the lines of a table: all, notations, layouts, parts of the document, networks, kinds of slips."""
    lines = [_cells("", HEAD), _cells("all", row(outcomes).cells)]
    groups = (
        ("notation", lambda each: f"{each.notation}, {each.setting.layout}"),
        ("line", lambda each: f"{each.kind} line" if each.slip else "no slip"),
        ("network", lambda each: each.setting.network.name),
        ("slip", lambda each: each.slip.kind if each.slip else "no slip"),
    )
    for title, key in groups:
        lines.append(f"-- {title}")
        for name in sorted({key(each.document) for each in outcomes}):
            chosen = [each for each in outcomes if key(each.document) == name]
            lines.append(_cells(name, row(chosen).cells))
    return lines


def _cells(name: str, cells: Sequence[str]) -> str:
    return f"{name:28}" + "".join(f"{cell:>16}" for cell in cells)


def shown(number: int, each: Outcome, brief: bool) -> str:
    """Return a failure: its document, `>` before the slip and `!` before what was told, and what was said."""
    found = each.document
    slip = found.slip.kind if found.slip else ""
    where = f"{found.setting.network.name}, {found.notation}, {found.setting.layout}"
    lines = [f"== {number}: {', '.join(each.faults)} · {where} · {found.verdict} {slip}"]
    for place, text in enumerate(found.text.rstrip().splitlines(), 1):
        mark = (">" if place == found.row else " ") + ("!" if place in each.told_rows else " ")
        if text.strip() and (mark.strip() or not brief):
            lines.append(f"{mark}{place:3} {text}")
    lines += [f"   {row}: {_said(said)}" for row, said in zip(each.told_rows, each.said, strict=True)]
    return "\n".join(lines)


def _said(found: Diagnostic) -> str:
    written = (
        " / ".join(edit.content or "(nothing)" for edit in found.fix.edits) if found.fix else "no repair"
    )
    return f"[{found.code}] {found.message} → {written}"


def main() -> None:
    """Draw, check, print."""
    options = _options()
    started = perf_counter()
    numbers = options.only or range(options.count)
    with Pool(options.jobs) as pool:
        judged = pool.map(partial(_judged, options), numbers, chunksize=8)
    kept = [(number, each) for number, each in zip(numbers, judged, strict=True) if each]
    print("\n".join(table([each for _, each in kept])))
    print(f"{len(kept)} documents in {perf_counter() - started:.1f} s")
    wanted = {_FAULTS[name] for name in options.fault} or set(_FAULTS.values())
    failed = [(number, each) for number, each in kept if wanted & {*each.faults}]
    for number, each in failed[: options.show]:
        print(shown(number, each, options.brief))


def _judged(options: argparse.Namespace, number: int) -> Outcome | None:
    """Return what is said of a document, None where it was not asked for."""
    found = document(options.seed, number, options.notation or _ALL, options.network)
    if options.layout not in ("", found.setting.layout):
        return None
    if found.slip and found.kind == FORWARD and found.notation != MUTANT and not options.forward:
        return None
    return outcome(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.networks", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--only", type=int, action="append", help="only the documents of these numbers")
    parser.add_argument("--notation", action="append", choices=(*_ALL, OCTAVE))
    parser.add_argument("--network", default="", help="a part of its name")
    parser.add_argument("--layout", default="", choices=("", *LAYOUTS))
    parser.add_argument("--forward", action="store_true", help="with slips in forward lines")
    parser.add_argument(
        "--fault", action="append", default=[], choices=_FAULTS, help="show only these failures"
    )
    parser.add_argument("--show", type=int, default=0, help="how many failures to show")
    parser.add_argument("--brief", action="store_true", help="show only the lines that matter")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
