"""The rules of signs and functions, as rows: a new operator is a row here and a case in the tests."""

# What a sign between two factors stands for, by the reading of `notation.md`, "Which product".
MATRIX = "matrix"  # the matrix product, always
DOT = "dot"  # the same, and a scalar scales: np.dot
ELEMENTWISE = "elementwise"  # always
STAR = "star"  # elementwise; a document may use it for every product
NEXT_TO = "next to"  # a matrix product first, elementwise where only that fits
DIVIDE = "divide"
OUTER = "outer"  # every entry with every entry
SCALING = "scaling"  # the matrix product, or a number scales: Octave's `*`
SOLVE = "solve"  # a division by a number; by a matrix a system of equations is solved: Octave's `/`

SIGNS = {
    "@": MATRIX,
    "dot": DOT,  # the word between two factors: `W1 dot X`
    "*": STAR,
    "⊙": ELEMENTWISE,
    "∘": ELEMENTWISE,
    "⊗": ELEMENTWISE,
    ".*": ELEMENTWISE,
    "": NEXT_TO,
    "·": NEXT_TO,
    "⋅": NEXT_TO,
    "∙": NEXT_TO,
    "•": NEXT_TO,
    "×": NEXT_TO,
    ".": NEXT_TO,
    "/": DIVIDE,
    "./": DIVIDE,
    "÷": DIVIDE,
    "mtimes": SCALING,
    "mrdivide": SOLVE,
}

# What changes its target: `W -= rate * dW`.
UPDATES = frozenset(("+=", "-=", "*=", "/="))
SCALES = frozenset(("*=", "/="))

# Which rule a function follows. A rule is a function of `shapelint.infer.calls` of the same name.
_ROWS = {
    "elementwise": """
        g f sigma sigmoid tanh relu ReLU leakyrelu leakyReLU elu selu gelu softplus softmax logsoftmax
        exp log ln sqrt abs sign square cos sin max min maximum minimum clip round floor ceil where
        activation phi
        np.exp np.log np.log2 np.log10 np.log1p np.sqrt np.abs np.absolute np.sign np.square np.tanh
        np.sin np.cos np.maximum np.minimum np.clip np.round np.floor np.ceil np.where np.power power
        np.multiply multiply np.divide divide np.add np.subtract np.negative np.reciprocal np.nan_to_num
        np.zeros_like np.ones_like np.empty_like np.copy np.array np.asarray np.float32 np.float64
        copy astype clip
    """,
    "total": "np.sum np.mean np.average np.prod np.std np.var np.max np.min np.amax np.amin",
    "noted_total": "sum Sum mean Mean",
    "matrix_product": "np.matmul matmul",
    "dot_product": "np.dot dot",
    "outer_product": "np.outer outer",
    "transposed": "np.transpose transpose t",
    "inverse": "inv np.linalg.inv inverse",
    "square_to_scalar": "trace tr np.trace det np.linalg.det",
    "norm": "np.linalg.norm norm",
    "joined": "np.concatenate concatenate np.vstack vstack np.hstack hstack",
    "scalar": "len np.size",
    "filled": "np.zeros np.ones zeros ones np.empty np.full rand randn np.random.randn np.random.rand",
    "identity": "np.eye eye np.identity",
    "cost": "J cost Cost",
}
FUNCTIONS = {name: rule for rule, names in _ROWS.items() for name in names.split()}

# Methods share the functions' rules; what stands in neither row cannot be told.
METHODS = {
    "dot": "dot_product",
    "matmul": "matrix_product",
    "mm": "matrix_product",
    "sum": "total",
    "mean": "total",
    "max": "total",
    "min": "total",
    "std": "total",
    "var": "total",
    "prod": "total",
    "transpose": "transposed",
    "t": "transposed",
    "copy": "elementwise",
    "clip": "elementwise",
    "astype": "elementwise",
}

# What only programs call: NumPy's functions by their full name, methods with a dot in front. A name that stands
# here follows this rule in a program, whatever notes mean by it. The rules are those of `shapelint.infer.arrays`.
_ARRAY_ROWS = {
    "total": """
        np.argmax np.argmin np.median np.any np.all np.count_nonzero np.ptp np.nansum np.nanmean
        .sum .mean .max .min .std .var .prod .argmax .argmin .any .all
    """,
    "elementwise": """
        np.float_power np.mod np.logical_and np.logical_or np.logical_not np.greater np.less np.equal
        np.greater_equal np.less_equal np.not_equal np.isnan np.isfinite np.exp2 np.expm1 np.arctan np.sinh
        np.cosh np.tan np.fabs np.rint np.heaviside np.atleast_1d np.full_like np.ascontiguousarray
        np.float16 np.int32 np.int64 np.cbrt np.positive np.conj np.conjugate np.logaddexp np.true_divide
        np.nan_to_num .copy .astype .clip .round .conj .conjugate
    """,
    "like_first": "np.cumsum np.cumprod np.sort np.flip np.flipud np.fliplr np.roll",
    "as_it_is": "np.array np.asarray np.copy np.asanyarray",
    "pseudo_inverse": "np.linalg.pinv",
    "repeated": "np.tile",
    "as_matrix": "np.matrix np.mat np.asmatrix",
    "filled_array": """
        np.zeros np.ones np.empty np.full np.random.randn np.random.rand np.random.random_sample
        np.random.standard_normal np.random.random np.random.sample
    """,
    "identity_array": "np.eye np.identity",
    "drawn": """
        np.random.normal np.random.uniform np.random.binomial np.random.randint np.random.integers np.random.choice
        np.random.exponential np.random.poisson
    """,
    "reshaped": "np.reshape .reshape",
    "flattened": "np.ravel .ravel .flatten",
    "squeezed": "np.squeeze .squeeze",
    "expanded": "np.expand_dims",
    "outer_array": "np.outer",
    "inner_array": "np.inner",
    "einsum": "np.einsum",
    "swapped": "np.swapaxes .swapaxes np.moveaxis",
    "dot_product": ".dot",
    "transposed": ".transpose",
    "scalar": ".item np.ndim np.size np.random.seed",
    "diagonal": "np.diag",
}
# The same of PyTorch and TensorFlow, by the last word of a name: `tf.nn.relu` is `tf.relu`.
_TENSOR_ROWS = {
    "total": """
        torch.sum torch.mean torch.prod torch.std torch.var torch.argmax torch.argmin torch.any torch.all
        tf.reduce_sum tf.reduce_mean tf.reduce_prod tf.reduce_max tf.reduce_min tf.argmax tf.argmin
    """,
    "elementwise": """
        torch.mul torch.multiply torch.div torch.divide torch.add torch.sub torch.subtract torch.pow torch.where
        torch.maximum torch.minimum
        tf.multiply tf.divide tf.add tf.subtract tf.pow tf.where tf.maximum tf.minimum tf.truediv
    """,
    "like_first": """
        torch.relu torch.sigmoid torch.tanh torch.softmax torch.log_softmax torch.exp torch.log torch.sqrt
        torch.abs torch.square torch.clamp torch.clip torch.zeros_like torch.ones_like torch.empty_like
        torch.randn_like torch.rand_like torch.neg torch.sign torch.clone torch.leaky_relu torch.elu torch.selu
        torch.gelu torch.softplus torch.dropout torch.round torch.detach torch.logsigmoid torch.hardtanh
        tf.relu tf.sigmoid tf.tanh tf.softmax tf.log_softmax tf.exp tf.log tf.sqrt tf.abs tf.square
        tf.clip_by_value tf.zeros_like tf.ones_like tf.negative tf.sign tf.identity tf.stop_gradient tf.cast
        tf.leaky_relu tf.elu tf.selu tf.gelu tf.softplus tf.dropout tf.round
    """,
    "as_it_is": "torch.tensor torch.as_tensor torch.from_numpy tf.constant tf.convert_to_tensor tf.Variable",
    "matrix_product": "torch.mm torch.matmul tf.matmul",
    "dot_product": "torch.mv torch.dot",
    "outer_array": "torch.outer torch.ger",
    "transposed": "torch.t torch.transpose tf.transpose",
    "filled_array": """
        torch.zeros torch.ones torch.empty torch.randn torch.rand
        tf.zeros tf.ones tf.normal tf.uniform tf.truncated_normal tf.random_normal tf.random_uniform
    """,
    "identity_array": "torch.eye tf.eye",
    "reshaped": "torch.reshape tf.reshape",
    "flattened": "torch.ravel",
    "squeezed": "torch.squeeze tf.squeeze",
    "expanded": "torch.unsqueeze tf.expand_dims",
    "einsum": "torch.einsum tf.einsum",
}
ARRAYS = {
    name: rule
    for rows in (_ARRAY_ROWS, _TENSOR_ROWS)
    for rule, names in rows.items()
    for name in names.split()
}

# Methods of tensors, where a program has tensors; `max` along an axis gives the places, too.
_TENSOR_METHODS = {
    "like_first": """
        clone detach cpu cuda contiguous float double half long requires_grad_ relu sigmoid tanh exp log sqrt abs
        clamp clamp_ clamp_min softmax log_softmax numpy to type type_as square neg sign round data
    """,
    "elementwise": "mul div add sub pow mul_ div_ add_ sub_",
    "reshaped": "view reshape",
    "expanded": "unsqueeze",
    "size_along": "size",
    "scalar": "numel dim",
    "matrix_product": "mm matmul",
    "dot_product": "mv",
    "outer_array": "outer ger",
    "transposed": "t transpose",
    "unknown": "max min sort topk",
}
TENSOR_METHODS = {name: rule for rule, names in _TENSOR_METHODS.items() for name in names.split()}


def takes_one_shape(name: str) -> bool:
    """Say whether a function that fills an array takes its shape as one argument: `np.zeros`, all of TensorFlow's."""
    library, _, last = name.rpartition(".")
    return library == "tf" or (library != "torch" and last in ("full", "zeros", "ones", "empty"))


# Functions that take the next factor when no bracket follows: `log a`, `tanh z`.
PREFIXES = frozenset(
    ["log", "ln", "exp", "sqrt", "tanh", "sigmoid", "sigma", "softmax", "relu", "ReLU", "sum", "mean"]
)

# A call of a name that nobody knows keeps its argument's shape where the name says what it does.
TELLING = ("deriv", "prime", "grad", "activ", "sigmoid", "tanh", "relu", "softmax", "backward")

# Operations that are the matrix product, as a function or a method.
MATRIX_PRODUCTS = frozenset(("dot_product", "matrix_product"))
# Operations that make an array of sizes.
UNPACKED = "unpacked"  # the rule of `*W.shape` among sizes
FILLS = frozenset(("filled", "filled_array", "drawn", "identity", "identity_array"))
