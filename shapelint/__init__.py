"""shapelint: dimension analysis of backpropagation formulas, as people write them."""

__version__ = "0.1.0"
