"""Wrong use of the program: a word nobody knows comes in, out comes the sentence that names the right one."""

from collections.abc import Iterable


class Misuse(Exception):  # noqa: N818 - it is the user's, not an error of ours
    """The program was called or configured wrongly: told in one sentence, exit status 2."""


def unknown(what: str, word: str, known: Iterable[str]) -> Misuse:
    """Return the complaint about a word that should be one of `known`, with the nearest one."""
    words = sorted(known)
    near = nearest(word, words)
    hint = f"did you mean `{near}`?" if near else f"it can be {_listed(words)}"
    return Misuse(f"unknown {what} `{word}`; {hint}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or "" if none is near."""
    from difflib import get_close_matches  # only a mistake pays for the import

    near = get_close_matches(word.lower(), list(known), n=1, cutoff=0.55)
    return near[0] if near else ""


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(f"`{word}`" for word in words)
    return ", ".join(f"`{word}`" for word in words[:-1]) + f" or `{words[-1]}`"
