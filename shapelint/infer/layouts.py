"""A convention in, the same one out for data that lie the other way round."""

from shapelint.declared import As, Convention, Declared, Template


def flipped(convention: Convention, words: frozenset[str]) -> Convention:
    """Return a convention in which these names have the transposes of their shapes."""
    declared = tuple(_flipped(one) if one.word in words else one for one in convention.declared)
    groups = tuple(
        group._replace(declared=tuple(_flipped(one) if one.word in words else one for one in group.declared))
        for group in convention.groups
    )
    return convention._replace(declared=declared, groups=groups)


def _flipped(declared: Declared) -> Declared:
    return declared._replace(shapes=tuple(map(_turned, declared.shapes)))


def _turned(shape: Template) -> Template:
    return shape if shape is None or isinstance(shape, As) else shape[::-1]
