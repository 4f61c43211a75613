"""All rules together: which kind of node is worked out where."""

from shapelint.infer import algebra, calls, stacks
from shapelint.infer.environment import Environment
from shapelint.infer.evaluation import NO_CHOICES, Choices, Evaluation
from shapelint.infer.learn import Learner

RULES = {**algebra.RULES, **calls.RULES, **stacks.RULES}


def evaluation(
    environment: Environment, learner: Learner | None = None, choices: Choices = NO_CHOICES
) -> Evaluation:
    """Return an evaluation that knows every kind of node."""
    return Evaluation(RULES, environment, learner, choices)
