"""How often each code was found: the counts of a run come in, a table or JSON comes out."""

from collections.abc import Iterator

from shapelint.codes import CODES
from shapelint.render.screen import Screen
from shapelint.render.tally import Tally


def statistics(tally: Tally, output_format: str, screen: Screen) -> Iterator[str]:
    """Yield the codes that were found, the commonest first, in place of the findings themselves."""
    ordered = sorted(tally.codes.items(), key=lambda row: (-row[1], row[0]))
    if output_format in ("json", "jsonl"):
        from shapelint.render import json_text

        written = json_text.array if output_format == "json" else json_text.lines
        yield from written(_record(tally, code, number) for code, number in ordered)
        return
    digits = max((len(str(number)) for _, number in ordered), default=0)
    names = max((len(code) for code, _ in ordered), default=0)
    for code, number in ordered:
        mark = "[*]" if tally.repairable_codes[code] else "   "
        yield screen.say(f"{number:>{digits}}  {code:<{names}}  {mark} {CODES[code].fact}") + "\n"


def _record(tally: Tally, code: str, number: int) -> dict[str, object]:
    return {
        "code": code,
        "count": number,
        "fact": CODES[code].fact,
        "repairable": tally.repairable_codes[code],
    }
