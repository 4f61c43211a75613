"""The operators of Python in, the signs by which formulas have them out."""

import ast

TERMS = (ast.Add, ast.Sub)
FACTORS: dict[type[ast.operator], str] = {ast.Mult: "*", ast.Div: "/", ast.MatMult: "@"}
BIT_SIGNS: dict[type[ast.operator], str] = {
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.Mod: "%",
    ast.FloorDiv: "//",
    ast.LShift: "<<",
    ast.RShift: ">>",
}
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
