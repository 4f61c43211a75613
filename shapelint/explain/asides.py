"""The words for what is not about shapes: statements that cannot be read, directives, what was not read."""

from collections.abc import Callable
from typing import Any

from shapelint.codes import CODES
from shapelint.diagnostic import WARNING, Diagnostic
from shapelint.explain.context import Context, diagnostic
from shapelint.problems import Misspelt, NoPython, TooDeep, Unreadable, UnusedIgnore
from shapelint.source import Source, Span

NOT_READ = "this formula was not read: "
_EXAMPLE = "dZ1 = W2.T @ dZ2 * g'(Z1)"

# What could stand at a place, by the kinds of tokens that the grammar would take there.
_OPERAND_STARTS = frozenset(("NAME", "NUM", "LPAR", "FUNC"))
_CLOSING = {"RPAR": "`)`", "RSQB": "`]`", "RBRACE": "`}`", "ENDNORM": "`||`"}


def _unreadable(context: Context, problem: Unreadable) -> Diagnostic:
    expected = _expected(problem.expected)
    found = f"`{problem.found}`" if problem.found.strip() else "the end of the formula"
    if problem.found.strip():
        message = f"{found} cannot stand here: expected {expected}"
    else:
        message = f"the formula ends too early: expected {expected}"
    return diagnostic(
        "syntax",
        message,
        problem.span,
        context=context,
        marks=(problem.span,),
        notes=(f"a formula looks like this: `{_EXAMPLE}`",),
    )


def _expected(kinds: tuple[str, ...]) -> str:
    words = []
    if _OPERAND_STARTS.intersection(kinds):
        words.append("a name, a number or `(`")
    if "REL" in kinds:
        words.append("`=`")
    words += [text for kind, text in _CLOSING.items() if kind in kinds]
    if "MUL" in kinds or "PLUS" in kinds:
        words.append("an operator")
    if "$END" in kinds:
        words.append("the end of the formula")
    if not words:
        words.append("something else")
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _too_deep(context: Context, problem: TooDeep) -> Diagnostic:
    brackets = problem.span.end - problem.span.start == 1  # the deepest one is marked
    message = f"brackets nested {problem.depth} deep: at most {problem.limit} are read"
    return diagnostic(
        "syntax",
        message if brackets else "signs, powers or transposes stand in one another too deep to be read",
        problem.span,
        context=context,
        marks=(problem.span,),
        notes=("give a part of the formula a name of its own",),
    )


def _no_python(context: Context, problem: NoPython) -> Diagnostic:
    return diagnostic(
        "unreadable",
        f"this is no Python 3: {problem.reason}" if problem.reason else "this is no Python 3",
        problem.span,
        context=context,
        marks=(problem.span,),
        notes=("this line is left out, the rest of the file is checked",),
    )


def _misspelt(context: Context, problem: Misspelt) -> Diagnostic:
    message = f"`{problem.word}` is nothing that shapelint knows{_did_you_mean(problem.word, problem.known)}"
    known = ", ".join(f"`{word}`" for word in problem.known)
    return diagnostic(
        "syntax",
        message,
        problem.span,
        context=context,
        marks=(problem.span,),
        notes=(f"known here: {known}",),
    )


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only for a misspelt word

    nearest = get_close_matches(word, known, 1, 0.4)
    return f": did you mean `{nearest[0]}`?" if nearest else ""


def _unused_ignore(context: Context, problem: UnusedIgnore) -> Diagnostic:
    unknown = [code for code in problem.codes if code not in CODES]
    what = ", ".join(f"`{code}`" for code in problem.codes)
    message = (
        f"this silences nothing: there is no finding of {what} here" if what else "this silences nothing"
    )
    if unknown:
        message = f"`{unknown[0]}` is no code{_did_you_mean(unknown[0], tuple(CODES))}"
    return diagnostic(
        "unused-ignore",
        message,
        problem.span,
        context=context,
        marks=(problem.span,),
        notes=("take it away, so that it does not hide a later slip",),
    )


def unread(source: Source, span: Span, why: str) -> Diagnostic:
    """Return the finding that a formula was not read."""
    return Diagnostic("unread", WARNING, f"{NOT_READ}{why}", span, term=source.slice(span))


WORDS: dict[type, Callable[[Context, Any], Diagnostic]] = {
    Unreadable: _unreadable,
    TooDeep: _too_deep,
    NoPython: _no_python,
    Misspelt: _misspelt,
    UnusedIgnore: _unused_ignore,
}
