"""How many columns a character takes on the screen."""

# The alphabet of formulas is one column wide throughout (a test holds these ranges against wcwidth,
# which takes longer to import than a short run takes): Latin, Greek and Cyrillic; super- and
# subscripts; letterlike signs, arrows and operators; mathematical letters.
_NARROW = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x482),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x20CF),
    (0x2100, 0x2319),
    (0x1D400, 0x1D7FF),
)


def width(text: str) -> int:
    """Return the columns that a text without control characters takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    code = ord(character)
    if any(first <= code <= last for first, last in _NARROW):
        return 1
    from wcwidth import wcwidth

    return max(0, wcwidth(character))
