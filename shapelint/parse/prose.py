"""Which words are a sentence's, and no names: those that stand before, between and behind formulas."""

from shapelint.operators import FUNCTIONS, PREFIXES
from shapelint.patterns import lazy

# Behind a formula these begin a remark. The list has no word that anybody calls a matrix.
_ROWS = """
    where for with since because if when while in is are as and or so then thus hence see note here this the
    which that of to from by at on i.e e.g elementwise element
    was were been being has have had does did not but yet nor than too also only just still again even
    ever never always we you they it its our your their these those there what who why how whether unless until
    till once after before above below under over into onto upon about around between across
    against along among behind beside beyond during except inside like near through toward towards via within
    without versus vs get gets got give gives given yield yields follow follows become becomes means
    equals come comes make makes need needs must should would could cannot may might will shall let
    using used according instead rather therefore similarly likewise respectively namely
    otherwise else each every both any some another
    right wrong correct incorrect correctly please thanks maybe perhaps hopefully obviously
    clearly actually really simply exactly now later earlier
"""
REMARKS = frozenset(_ROWS.split())

# Behind a formula these go on with it in words, so that what stands before them is half of it.
_OPERATIONS = """
    times multiplied multiply plus minus dot dotted divided over squared transposed transpose summed averaged added
    subtracted inverse inverted hadamard product cross convolved concatenated stacked
"""
OPERATING = frozenset(_OPERATIONS.split())

_GREEK = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi
    omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega
"""
_NAMES = frozenset(
    [
        *_GREEK.split(),
        *FUNCTIONS,
        *PREFIXES,
        "eps",
        "yhat",
        "loss",
        "cost",
        "dot",
        "ones",
        "True",
        "False",
        "None",
    ]
)
_SHORTEST = 3  # letters: `dz` and `Wx` are names
# Letters of which nobody makes names: Cyrillic to Georgian in words, what is written east of them alone as well.
_OTHER_SCRIPTS = lazy(r"[\u0400-\u1cff]{2}|[\u3040-\ud7ff\uf900-\ufaff]")
_LATIN = "\u0250"  # the first character behind the letters that words of sentences have


# Indices side by side: `Wij`, `wjk`, `Whh` are no words.
_INDICES = lazy(r"[WwUVZzTXY](?:ij|ji|jk|kj|ik|ki|kl|il|hh|hx|xh|xx)\Z")


def is_remark(word: str) -> bool:
    """Say whether a word is a sentence's wherever it stands behind a formula."""
    return (word.lower() in REMARKS and word not in _NAMES) or is_in_another_script(word)


def is_in_another_script(word: str) -> bool:
    """Say whether a word begins with letters of which nobody makes names: `계산의`, `является`."""
    return not word.isascii() and _OTHER_SCRIPTS.match(word) is not None


def is_wordlike(word: str) -> bool:
    """Say whether a word looks like one of a sentence: two of them side by side are no names."""
    if is_remark(word):
        return True
    letters = len(word) >= _SHORTEST and word.isalpha() and word[1:].islower() and max(word) < _LATIN
    return letters and word not in _NAMES and not _INDICES.match(word)
