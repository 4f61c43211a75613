"""What LaTeX's commands mean in a formula, as rows: a new spelling is a word here and a case in the tests."""

# The kind of token that a command stands for, and its text; where the text is None, the command's own name.
_ROWS: tuple[tuple[str, str | None, str], ...] = (
    ("MUL", "·", "cdot cdotp centerdot"),
    ("MUL", "×", "times"),
    ("MUL", "⊙", "odot bigodot hadamard bullet"),
    ("MUL", "∘", "circ"),
    ("MUL", "*", "ast star *"),
    ("MUL", "⊗", "otimes"),
    ("PLUS", "+", "plus"),
    ("SLASH", "/", "div slash"),
    ("REL", "=", "equiv triangleq doteq approx eq simeq"),
    ("REL", ":=", "coloneqq coloneq defeq"),
    ("REL", "<-", "leftarrow gets longleftarrow Leftarrow"),
    ("CMP", "<", "lt leq le leqslant ll"),
    ("CMP", ">", "gt geq ge geqslant gg"),
    ("CMP", "≠", "ne neq"),
    ("LPAR", "(", "lparen"),
    ("RPAR", ")", "rparen"),
    ("LPAR", "{", "{ lbrace"),
    ("RPAR", "}", "} rbrace"),
    ("LSQB", "[", "lbrack"),
    ("RSQB", "]", "rbrack"),
    ("CMP", "<", "langle"),
    ("CMP", ">", "rangle"),
    ("BAR", "‖", "| Vert lVert rVert"),
    ("BAR", "|", "vert lvert rvert mid"),
    ("SUB", "_", "_ sb"),
    ("SUP", "^", "sp"),
    ("COLON", ":", "colon"),
    ("PRIME", "'", "prime"),
    ("TR", "T", "top intercal"),
    ("SIGMA", "Σ", "sum Sigma"),
    ("FRACTION", "/", "frac dfrac tfrac cfrac sfrac nicefrac"),
    ("FRACTION", "d", "pdv dv pderiv"),
    ("OVER", "", "over"),
    ("ROOT", "", "sqrt"),
    ("UNDERBRACE", "", "underbrace overbrace"),
    ("NABLA", "", "nabla"),
    ("LETTERS", "d", "partial part dd"),
    ("IN", "∈", "in"),
    ("REALS", "R", "R RR Re reals Reals"),
    ("ACCENT", "hat", "hat widehat"),
    ("ACCENT", "tilde", "tilde widetilde"),
    ("ACCENT", "bar", "bar overline"),
    ("ACCENT", "", "vec overrightarrow"),
    ("DOTS", "…", "ldots cdots dots vdots ddots dotsc dotsb dotsm hdots"),
    ("GAP", "", "quad qquad"),
    ("NEXT", "", "Rightarrow implies Longrightarrow rightarrow to longrightarrow therefore because iff"),
    ("NEXT", "", "Leftrightarrow Longleftrightarrow impliedby mapsto par newline cr"),
    # Greek letters and functions are words of the notation under their own names.
    ("LETTERS", None, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho"),
    ("LETTERS", None, "sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Phi Psi Omega"),
    ("LETTERS", None, "log ln exp sin cos tan tanh sinh cosh max min det softmax relu ReLU sigmoid sign"),
    ("LETTERS", "epsilon", "varepsilon"),
    ("LETTERS", "theta", "vartheta"),
    ("LETTERS", "phi", "varphi"),
    ("LETTERS", "sigma", "varsigma"),
    ("LETTERS", "rho", "varrho"),
    ("LETTERS", "l", "ell"),
    ("LETTERS", "tr", "tr Tr trace"),
)
COMMANDS = {
    name: (kind, name if text is None else text) for kind, text, names in _ROWS for name in names.split()
}

# The short ones among the names of Greek letters: no letters side by side.
GREEK = frozenset(("mu", "nu", "xi", "pi", "eta", "rho", "tau", "phi", "chi", "psi"))

_SETS = {
    # They belong to the bracket behind them.
    "sized": """
        left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm
        biggm Biggm
    """,
    # Looked through: they change how a formula looks.
    "noise": """
        limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag hfill
        hfil hline , ; : ! > / space thinspace medspace thickspace negthinspace enspace nobreak
        allowbreak smallskip medskip bigskip centering small large Large LARGE normalsize
        footnotesize scriptsize tiny strut rm bf it sf tt cal bfseries itshape rmfamily boldmath
        unboldmath mathstrut relax noindent
    """,
    # Looked through together with the braces of their argument.
    "fonts": """
        mathbf boldsymbol bold bm pmb mathrm mathit mathsf mathtt mathnormal mathfrak mathscr
        operatorname mathop mathbin mathrel mathord mathopen mathclose boxed fbox underline cancel
        bcancel xcancel mathbfit symbf symup symbfup smash ensuremath
    """,
    "texts": """
        text textrm textbf textit texttt textsf textnormal textup mbox hbox intertext shortintertext
    """,
    # Left out together with their argument; of the second group the argument behind it stays.
    "dropped": """
        tag label ref eqref cite footnote hspace vspace mspace kern phantom vphantom hphantom
    """,
    "first dropped": """
        color textcolor colorbox overset underset stackrel class cssId style bbox
    """,
    # Environments whose rows are those of a matrix; of the others (align, gather, …) each row is a formula.
    "matrices": """
        matrix bmatrix pmatrix vmatrix Vmatrix Bmatrix smallmatrix array
    """,
    "cases": """
        cases dcases rcases tabular substack
    """,
}


def _words(name: str) -> frozenset[str]:
    return frozenset(_SETS[name].split())


SIZED, NOISE, FONTS, TEXTS = _words("sized"), _words("noise"), _words("fonts"), _words("texts")
DROPPED, FIRST_DROPPED = _words("dropped"), _words("first dropped")
MATRICES, CASES = _words("matrices"), _words("cases")

# Letters in them have a meaning of their own: a bold 1 is a vector, a calligraphic L a loss.
BOLD = frozenset(("mathbf", "boldsymbol", "bold", "bm", "pmb", "mathbfit", "symbf"))
CALLIGRAPHIC = {"L": "loss", "J": "J"}
DOUBLE_STRUCK = {"R": ("REALS", "R"), "1": ("LETTERS", "indicator")}
