"""The sentence that ends a run: its counts and what was asked of it come in, what was found and repaired comes out."""

from collections import Counter

from shapelint.diagnostic import ERROR, WARNING
from shapelint.fixing import Wish
from shapelint.render.tally import Tally

_CHECK = Wish()
_VERBS = {False: ("fix", "fixed"), True: ("silence", "silenced")}


def summary(tally: Tally, wish: Wish = _CHECK, listed: bool = False) -> str:
    """Return the sentence, and a line for conventions other than ng; with `listed` each formula was told already."""
    found = f"{_found(tally, wish)}{_account(tally, listed)}{_hint(tally, wish)}"
    return "\n".join([found, *_conventions(tally)]) + "\n"


def _account(tally: Tally, listed: bool) -> str:
    """Say how many formulas were checked, and how many were not."""
    left = {"open": tally.undetermined, "not read": tally.unread}
    unchecked = [f"{number} {what}" for what, number in left.items() if number]
    told = "" if listed or not unchecked else " (-v lists them)"
    if tally.formulas or (unchecked and (tally.severities or tally.fixed)):
        unchecked.insert(0, f"{count(tally.formulas, 'formula')} checked")
    return f": {', '.join(unchecked)}{told}" if unchecked else ""


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where there is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _found(tally: Tally, wish: Wish) -> str:
    left, fixed = tally.severities.total(), tally.fixed.total()
    files = count(tally.files, "file")
    if not left and not fixed:
        return _nothing_found(tally, files)
    if not left:
        verb = f"Would {_VERBS[wish.ignore][0]}" if wish.diff else _VERBS[wish.ignore][1].capitalize()
        return f"{verb} {_kinds(tally.fixed)} in {count(tally.changed, 'file')}"
    kinds = _kinds(tally.severities + tally.fixed)
    if fixed:
        done = _VERBS[wish.ignore][1]
        words = (f"would be {done}", "would remain") if wish.diff else (done, "remaining")
        kinds += f" ({fixed} {words[0]}, {left} {words[1]})"
    return f"Found {kinds} in {tally.faulty} of {files}"


def _nothing_found(tally: Tally, files: str) -> str:
    """Say that nothing is wrong, as far as that is known: what was not read may be."""
    if not tally.formulas:
        unchecked = tally.undetermined or tally.unread
        return f"Nothing could be checked in {files}" if unchecked else f"No formulas found in {files}"
    return f"Nothing wrong in what was read of {files}" if tally.unread else f"No faults found in {files}"


def _kinds(severities: Counter[str]) -> str:
    return " and ".join(count(severities[kind], kind) for kind in (ERROR, WARNING) if severities[kind])


def _hint(tally: Tally, wish: Wish) -> str:
    """Say what could be repaired with further options.

    A safe repair that is still there behind `--fix` is one that did no good: the same option would not write it.
    """
    safe, unsafe = tally.repairable["safe"], tally.repairable["unsafe"]
    if wish.fix or wish.diff:
        return f"; {unsafe} can be repaired with --unsafe-fixes" if unsafe and not wish.unsafe else ""
    if wish.unsafe or (unsafe and not safe):
        option = "--fix --unsafe-fixes" if unsafe else "--fix"
        return f"; {safe + unsafe} can be repaired with {option}" if safe + unsafe else ""
    more = f", {unsafe} more with --unsafe-fixes" if unsafe else ""
    return f"; {safe} can be repaired with --fix{more}" if safe else ""


def _conventions(tally: Tally) -> list[str]:
    others = sorted(name for name in tally.conventions if name != "ng")
    return [f"Read under the convention {name}: {count(tally.conventions[name], 'file')}" for name in others]
