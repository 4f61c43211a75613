"""Tests as text: Markdown files in, one test for each heading with an input block out.

A file under `tests/cases` is specification, test and snapshot in one:

    # Transposes                        the title of the file, no part of the tests' names

    Prose, as much as the reader needs.

    ## A column for a row               a heading with an input block under it is a test; a heading
                                        under a heading is named "A column for a row / in rows"
    ```shapes
    dZ1 = dZ2 @ W2 * g'(Z1)             the input: one to a test
    ```
    ```expect
    1 inner-sizes at "dZ2 @ W2" ⇒ "W2.T @ dZ2 * g'(Z1)"
    ```
    ```concise
    formulas.txt:1:7: error[inner-sizes] …
    ```

**Words behind `shapes`**, all optional: `name=notes.md` (else `formulas.txt`), `convention=rows`,
`layout=numerator`, `star=product`, `sizes=n2=1,n_h=n1`, `select=undetermined`, `walked` (the file was found
in a folder), `ends=crlf|cr` (the line ends of the input, else LF), `bom`, `unended` (no line end behind the
last line), and `each`: every line is a document of its own, checked in its place, so that rows stay what they
are and no line can hide or explain another; empty lines and lines that are comments belong to all of them.
A block `declarations` is the declarations of the configuration, a block `convention` a convention file.

**Output blocks** hold what the program prints and are written by `pytest --update`: `full`, `concise` (empty:
nothing is found), `json`, `shapes-out` for `shapelint shapes`, and `world` for the convention and how the document
is laid out, as `-v` says it. Without `--update` a difference fails.
A test that has none gets a `concise` one, unless it says `silent`. Nothing else in a file is ever changed.

**Expect blocks** are written by hand and are the truth that no `--update` moves. One line, one finding:

    ROW CODE [at "TEXT"] [cause CAUSE] [⇒ "TERM"]

`at`: the reported term, with what is marked around it
on its row, contains that text. `⇒` (or `=>`): the row, repaired, contains that term, up to
blanks; this and `cause` are compared in a block marked `expect repairs` only. `1|3` and
`inner-sizes|target-shape` are alternatives. Errors that no line expects fail, warnings do not: they are in
the snapshot. Instead of such lines a block may say `silent` (nothing at all is found) or `no errors`
(warnings are allowed).
"""

from casefile.cases import Case, read_cases
from casefile.failure import CaseError, FormatError
from casefile.run import verify, verify_file

__all__ = ["Case", "CaseError", "FormatError", "read_cases", "verify", "verify_file"]
