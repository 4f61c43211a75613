"""All rules together: which kind of node is worked out where."""

from shapelint.infer import algebra, calls, stacks
from shapelint.infer.environment import Environment
from shapelint.infer.evaluation import NO_CHOICES, Choices, Evaluation
from shapelint.infer.learn import Learner
from shapelint.shapes import MaybeShape
from shapelint.tree import Call


def _call(evaluation: Evaluation, node: Call) -> MaybeShape:
    rule = calls.FUNCTIONS.get(node.function)
    if rule is None:
        from shapelint.infer.arrays import FUNCTIONS  # only programs do such things

        rule = FUNCTIONS[node.function]
    return rule(evaluation, node)


RULES = {**algebra.RULES, **calls.RULES, **stacks.RULES, Call: _call}


def evaluation(
    environment: Environment, learner: Learner | None = None, choices: Choices = NO_CHOICES
) -> Evaluation:
    """Return an evaluation that knows every kind of node."""
    return Evaluation(RULES, environment, learner, choices)
