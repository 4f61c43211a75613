"""Which sizes a network keeps apart: those that forward lines with matrix products connect are of one component."""

from shapelint.judge.draft import Draft
from shapelint.judge.lines import calls_program
from shapelint.judge.store import OPEN, Slot
from shapelint.operators import STAR
from shapelint.sizes import Unknown, resolve


def connect(draft: Draft) -> None:
    """Mark the sizes of each component: what forward lines with matrix products connect."""
    links: dict[Slot, Slot] = {}

    def root(slot: Slot) -> Slot:
        while (above := links.get(slot, slot)) != slot:
            slot = above
        return slot

    connected: set[Slot] = set()
    for scope in draft.network.scopes:
        for line in scope.lines:
            if not draft.network.speaks(scope, line) or (scope.number, line.number) in draft.without:
                continue
            if scope.code and calls_program(line):
                continue
            slots = [draft.network.slot(scope, one.key) for one in line.used]
            if line.target is not None:
                slots.append(draft.network.slot(scope, line.target.key))
            slots = [slot for slot in slots if draft.store.shapes.get(slot)]
            if any(pair.sign is not STAR for pair in line.pairs) and len(slots) > 1:
                connected.update(slots)
            for slot in slots[1:]:
                links[root(slot)] = root(slots[0])
    roots = {root(slot) for slot in connected}
    for slot, shape in list(draft.store.shapes.items()):
        if shape and (mine := root(slot)) in roots:
            for size in shape:
                value = resolve(size)
                if isinstance(value, Unknown) and value.name == OPEN:
                    continue  # nothing tells what it is
                draft.store.belong(size, frozenset((("network", mine),)))
