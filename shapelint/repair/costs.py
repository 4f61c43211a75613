"""The edits that are tried, what each costs, and why. The order of the costs is the order of slips seen.

Costs that worked (`diagnostics.md`): the cheapest edit undoes nearly every single slip of a 3-layer network.
"""

from typing import NamedTuple


class Edit(NamedTuple):
    """One kind of edit: its cost, the cause it undoes (the word of the JSON contract), whether `--fix` writes it."""

    cost: float
    cause: str
    safe: bool


# The commonest slip of all; whole products count once, since (A B)ᵀ = Bᵀ Aᵀ is one thought.
TRANSPOSE = Edit(1.0, "transpose", True)
# A transpose that is there already is sooner one too many than one too few elsewhere.
UNTRANSPOSE = Edit(0.98, "transpose", True)
# As common, but rarer than a transpose where both would do: the chain rule as for numbers.
SWAP = Edit(1.01, "swap", True)
# The vectors of an outer product the other way round, which is its transpose, and said of its factors.
OUTER = Edit(0.97, "swap", True)
# `*` for `@` is a slip of the key or of the language, and changes what is meant.
PRODUCT = Edit(1.2, "product", True)
# A wrong axis or a lost `keepdims`: one word of a call.
AXIS = Edit(1.5, "sum", True)
# The axis is right, and only `keepdims` is lost.
KEEPDIMS = Edit(1.49, "sum", True)
# A star where the comma between the arguments of a product stood: `np.dot(dZ * A.T)`.
COMMA = Edit(1.19, "product", True)
# A function that takes an axis away which the sum inside it had kept.
SQUEEZE = Edit(1.3, "sum", True)
# An inverse of something not square: its transpose was meant.
INVERSE = Edit(1.0, "transpose", False)
# The layer before or behind: the formula was copied from there.
LAYER = Edit(1.51, "layer", False)
# A layer further off: that of the output, or one that was skipped.
FAR = Edit(1.6, "layer", False)
# A layer that the program has no variable of: the formula may be right so, and the variable is still to be made.
ABSENT = Edit(2.0, "layer", False)
# Another name of the same family, `Wk` for `Wq`; and the target's own name in an update of it.
NAME = Edit(1.61, "name", False)
OWN = Edit(0.9, "name", False)
# Brackets in another place: nothing is added, and much is changed.
BRACKETS = Edit(1.52, "parentheses", False)
# A sum that was forgotten around a whole side, or is too much.
SUM = Edit(2.0, "sum", False)
# What a repair costs more that leaves a matrix product inside a sum along an axis: an elementwise one is summed so.
SUMMED = 0.25
# A part of a stacked size, as for the gates of an LSTM.
SLICE = Edit(2.01, "name", False)
# A factor too many: only towards a formula that is known, since it throws something away.
DROP = Edit(2.6, "name", False)

MOST = 4.3
# A repair for one example, or for a size that is 1, counts this much more than one that holds for every size.
COINCIDENCE = 1.75
# A repair that is a formula the convention states may cost this much more than another and still be the first.
STATED = 1.2
# And one that is made of nothing else than what the forward lines ask for, this much more.
EXACTLY = 0.65
# A repair that takes two sizes for the same of which nothing says that they differ.
OPEN = 0.3
# Between the best repair and the next, before the best is written without being asked.
CLEARLY = 0.5
# Steps of a search, after which a formula is left without a repair: the densest of 3,000 characters take as many,
# and about half a second.
WORK = 100_000
# The search widens: most repairs are found in the first, narrow one.
BUDGETS = (2.7, MOST)
