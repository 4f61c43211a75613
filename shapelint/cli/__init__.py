"""The command line: arguments come in, an exit status comes out. Only here does the program touch the world.

The first word chooses a command; a first word that is none belongs to `check`.
"""

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from shapelint.cli.replay import replayed
from shapelint.misuse import Misuse

# A command is a row here and a module with a function `run` of its arguments.
COMMANDS = {
    "check": "check",
    "shapes": "shapes",
    "derive": "derive",
    "explain": "explain",
    "lsp": "lsp",
    "completion": "completion",
}

WRONG = 2


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status: 0 nothing found, 1 something found, 2 wrong use or a fault.

    Faults of the world outside, such as a closed pipe or a full disk, are left to the caller (OSError).
    """
    command, rest = "check", list(arguments)
    if rest and rest[0] in COMMANDS:
        command = rest.pop(0)
    try:
        if command == "check" and (said := replayed(rest)) is not None:
            return said
        run = import_module(f"shapelint.cli.{COMMANDS[command]}").run
        if command != "check":  # which loads its engine later
            gc.enable()
        status: int = run(rest)
    except Misuse as fault:
        from shapelint.render.visible import visible

        print(f"shapelint: {visible(str(fault))}", file=sys.stderr)
        return WRONG
    except OSError:
        raise
    except Exception as fault:
        from shapelint.cli.faults import tell

        tell(fault, verbose=not {"-v", "--verbose"}.isdisjoint(rest))
        return WRONG
    return status
