"""What stands above and below a letter in, its meaning out: layer, example, time, transpose, power, derivative.

The rows of `latex.md`, "Symbols"; scripts are flattened to a text without braces before they are read.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shapelint.parse.latex.raw import Raw

_SUPERSCRIPT = re.compile(
    r"(?P<early>T(?=\[))?(?P<prime1>'*)(?:\[(?P<layer>[^\[\]]{0,12})\])?(?P<index>(?:\([^()]{0,12}\)|\{[^{}]{0,12}\}|<[^<>]{0,12}>)*)"
    r"(?P<transposed>T?)(?P<prime2>'*)(?P<power>\d*)(?P<behind>T?)$"
)
_LAYER_LETTER = re.compile(r"[lL](?:[+-]\d{1,3})?$")
_TIME = re.compile(r"[tT](?:[+-]\d{1,3})?$")
_BRACKETED = re.compile(r"\[(?:\d{1,3}|[lL](?:[+-]\d{1,3})?)\](?:\([ij]\))?")
_EXAMPLE = re.compile(r"\(?[xi]\)?,(?=[lL](?:[+-]\d{1,3})?$|\d{1,2}$)")  # `\delta^{x,L}`: of one example
_LONGEST_LAYER = 9  # tokens
_DIGITS = re.compile(r"\d{1,6}$")
_WORDS = re.compile(r"(?P<word>\w+)(?P<layer>\[[^\[\]]{1,12}\]|\((?:\d|[lL](?:[+-]\d)?)\))?(?:\([ijkt]\))?$")


class Scripts(NamedTuple):
    """All scripts of one letter or bracket: `below` and `above` are spellings of the plain notation.

    `transposed` is where the transpose stands, `power` the tokens of an exponent, `end` the end of it all.
    `readable` is false where something stands above or below that nothing knows; `own` is the extent of a power
    that has a superscript for itself.
    """

    below: str
    above: str
    primes: int
    transposed: tuple[int, int] | None
    power: tuple[Raw, ...]
    end: int
    readable: bool = True
    own: tuple[int, int] | None = None


def scripts(tokens: Sequence[Raw], place: int, end: int) -> tuple[Scripts, int]:
    """Read the scripts that stand at a place behind something ending at `end`; return where they end, too."""
    found = Scripts("", "", 0, None, (), end)
    while place < len(tokens):
        kind = tokens[place].kind
        if kind == "PRIME":
            found = found._replace(primes=found.primes + 1, end=tokens[place].end)
            place += 1
        elif kind == "LBRACE" and (close := _marks(tokens, place)):
            found = found._replace(primes=found.primes + close - place - 1, end=tokens[close].end)
            place = close + 1
        elif kind in ("SUP", "SUB") and place + 1 < len(tokens):
            inside, after = argument(tokens, place + 1)
            stop = tokens[after - 1].end
            before = found
            found = _above(found, inside, stop) if kind == "SUP" else _below(found, inside, stop)
            if found.power and not before.power and _is_alone(found, before):
                found = found._replace(own=(tokens[place].start, stop))
            place = after
        elif kind == "LBRACE" and (braced := _braced(tokens, place, found)) is not None:
            found, place = braced
        elif kind == "TR":
            if found.transposed:
                break
            found = found._replace(transposed=(tokens[place].start, tokens[place].end), end=tokens[place].end)
            place += 1
        else:
            break
    return found, place


def _is_alone(found: Scripts, before: Scripts) -> bool:
    """Say whether a superscript was a power and nothing else."""
    return (found.above, found.primes, found.transposed) == (before.above, before.primes, before.transposed)


def _marks(tokens: Sequence[Raw], place: int) -> int:
    """Return where braces close that hold nothing but primes, or nothing: `g{'}`, `W{}^T`; 0 if they hold more."""
    close = place + 1
    while close < len(tokens) and tokens[close].kind == "PRIME":
        close += 1
    return close if close < len(tokens) and tokens[close].kind == "RBRACE" else 0


def _braced(tokens: Sequence[Raw], place: int, found: Scripts) -> tuple[Scripts, int] | None:
    """Read scripts in braces of their own, `W{^T}`, `g{'}`; None where they are none."""
    close = closing(tokens, place)
    inside = tokens[place + 1 : close]
    if close == len(tokens) or not inside or inside[0].kind not in ("SUP", "SUB", "PRIME"):
        return None
    inner, used = scripts(inside, 0, found.end)
    if used < len(inside) or (inner.transposed and found.transposed) or (inner.power and found.power):
        return None
    both = Scripts(
        found.below + inner.below,
        found.above + inner.above,
        found.primes + inner.primes,
        found.transposed or inner.transposed,
        found.power or inner.power,
        tokens[close].end,
        found.readable and inner.readable,
    )
    return both, close + 1


def layer_in_brackets(tokens: Sequence[Raw], place: int, end: int) -> tuple[str, int]:
    """Read `[2]` or `[l-1]`, and `(i)` behind it, glued to a word that ends at `end`; "" where there is none."""
    text = _glued(tokens, place, end, _LONGEST_LAYER)
    match = _BRACKETED.match(text)
    if match is None:
        return "", place
    length = 0
    while length < len(match.group()):
        length += len(tokens[place].text)
        place += 1
    return match.group(), place


def _glued(tokens: Sequence[Raw], place: int, end: int, most: int) -> str:
    """Return the text of the tokens without a blank between them."""
    text = ""
    for token in tokens[place : place + most]:
        if token.start != end:
            break
        text, end = text + token.text, token.end
    return text


def argument(tokens: Sequence[Raw], place: int) -> tuple[Sequence[Raw], int]:
    """Return the tokens of a group without its braces, or the one token, and the place behind it."""
    if tokens[place].kind != "LBRACE":
        return tokens[place : place + 1], place + 1
    close = closing(tokens, place)
    return tokens[place + 1 : close], min(close + 1, len(tokens))


_DEEPEST = 220
_CLOSES = {"LBRACE": "RBRACE", "LPAR": "RPAR", "LSQB": "RSQB", "BEGIN": "END"}


def closing(tokens: Sequence[Raw], place: int) -> int:
    """Return the place of what closes the brace or the environment at a place, the end where there is none."""
    opening = tokens[place].kind
    closes = _CLOSES[opening]
    depth = 0
    for index in range(place, len(tokens)):
        kind = tokens[index].kind
        depth += (kind == opening) - (kind == closes)
        if not depth:
            return index
        if depth > _DEEPEST:
            break  # deeper than is read: whether it is closed at all is no matter
    return len(tokens)


def flat(tokens: Sequence[Raw]) -> str:
    """Return the text of a script without braces, hats and blanks."""
    return "".join(
        "T" if token.kind == "TR" else token.text.replace(" ", "")
        for token in tokens
        if token.kind not in ("LBRACE", "RBRACE", "SUP")
    )


def _above(found: Scripts, inside: Sequence[Raw], end: int) -> Scripts:
    text = _EXAMPLE.sub("", flat(inside))
    if text in ("l", "L") or _LAYER_LETTER.match(text):
        return found._replace(above=f"{found.above}_{{{text}}}", end=end)
    match = _SUPERSCRIPT.match(text)
    if match is None or not text:
        return found._replace(power=tuple(inside), end=end, readable=bool(text) and found.readable)
    primes = len(match["prime1"]) + len(match["prime2"])
    layer = f"[{match['layer']}]" if match["layer"] is not None else ""
    above = layer + _index(match["index"], bool(layer))
    transposed = _place_of_t(inside) if match["transposed"] or match["early"] else None
    power = _tail(inside, len(match["power"])) if match["power"] else ()
    if (transposed and found.transposed) or (power and found.power):
        return found._replace(end=end, readable=False)
    return found._replace(
        above=found.above + above,
        primes=found.primes + primes,
        transposed=transposed or found.transposed,
        power=power or found.power,
        end=end,
    )


def _index(text: str, layered: bool) -> str:
    """`(i)` behind a layer or alone, `<t-1>`, `{t}` of a mini-batch, in the plain notation's spelling."""
    if not text or text.startswith("{"):
        return ""
    return text if layered or text.startswith("<") else f"^{text}"


def _below(found: Scripts, inside: Sequence[Raw], end: int) -> Scripts:
    text = flat(inside)
    if _TIME.match(text) and text != "T":
        below = f"<{text}>"
    elif _LAYER_LETTER.match(text):
        below = f"_{{{text}}}"
    elif text.startswith(("[", "<")) and text.endswith(("]", ">")):
        below = text
    elif text.startswith("(") and text.endswith(")"):
        below = "" if not _DIGITS.match(text[1:-1]) else f"[{text[1:-1]}]"
    elif match := _WORDS.match(text.replace(",", "")):
        layer = (match["layer"] or "").replace("(", "[").replace(")", "]")
        below = f"_{match['word']}{layer}"
    else:
        return found._replace(end=end, readable=False)
    return found._replace(below=found.below + below, end=end)


def _place_of_t(inside: Sequence[Raw]) -> tuple[int, int]:
    """Return where the T of a superscript stands; `T2` is it and a power."""
    for token in reversed(inside):
        letters = token.text.rstrip("0123456789")
        if letters.endswith("T"):
            behind = len(token.text) - len(letters)
            end = max(token.end - behind, token.start)
            return (max(token.start, end - 1), end) if token.kind == "LETTERS" else (token.start, token.end)
    return inside[-1].start, inside[-1].end


def _tail(inside: Sequence[Raw], digits: int) -> tuple[Raw, ...]:
    """Return the digits at the end of a superscript as a token."""
    token = next((token for token in reversed(inside) if token.text[-1:].isdigit()), inside[-1])
    return (Raw("NUM", max(token.start, token.end - digits), token.end, token.text[-digits:]),)
