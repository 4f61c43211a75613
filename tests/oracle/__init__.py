"""An independent judge: formulas as trees of their own, and NumPy, with a different prime for every size.

Nothing here knows how shapelint works. A formula is written as text (`write`), read back (`read`), worked
out with arrays (`evaluate`) and judged by what NumPy says of the shapes (`verdict`). `formulas` holds the
right ones, `slips` what people get wrong, `growth` everything else that can be put together.
"""
