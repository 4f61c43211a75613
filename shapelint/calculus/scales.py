"""Which share of 1/m the gradients of a document have: its own, where it says; else the course's."""

from collections.abc import Iterator

from shapelint.calculus.derivatives import COURSE, EXAMPLES, MEAN, SUM, Scale, counts_examples
from shapelint.calculus.expressions import DIV, SIZE, Node, walk
from shapelint.calculus.network import Network


def scale_of(network: Network) -> Scale:
    """Return the scale under which a document writes its gradients."""
    if network.cost is not None and not divides(network.lines[network.cost].value):
        return MEAN  # its cost is a sum: no m stands anywhere
    if not any(counts_examples(shape) for shape in network.shapes.values()):
        return MEAN
    examples, parameters = list(_shares(network, True)), list(_shares(network, False))
    if any(examples):
        return MEAN
    if parameters and not any(parameters):
        return SUM if network.cost is not None else MEAN
    return COURSE if parameters or network.cost is not None else MEAN


def _shares(network: Network, of_examples: bool) -> Iterator[bool]:
    """Yield, for each gradient that the document has, whether it is divided by m."""
    for one in network.gradients:
        shape = network.shape(one.key)
        if shape is not None and one.value is not None and counts_examples(shape) == of_examples:
            yield divides(one.value)


def divides(node: Node) -> bool:
    """Say whether an expression is divided by the number of examples."""
    return any(
        one.op == DIV and any(part.op == SIZE and part.data == EXAMPLES for part in walk(one.args[1]))
        for one in walk(node)
    )
