"""LaTeX in, the tokens of `grammar/latex.lark` out.

`raw` looks through macros, fonts and noise; `scripts` and `items` put names together with what stands above
and below them; `tokens` decides what they are in this document.
"""

from shapelint.parse.latex.notation import latex
from shapelint.parse.latex.raw import NO_MACROS, Macros

__all__ = ["NO_MACROS", "Macros", "latex"]
