"""`python -m shapelint`, and the console command: the only place that ends the process."""

import gc
import os
import sys
from typing import NoReturn

FAULT = 2
INTERRUPTED = 130


def run() -> NoReturn:
    """Run the command line and exit with its status."""
    _open_closed_streams()
    _leave(_status())


def _leave(status: int) -> NoReturn:
    """End the process at once: what Python would take apart piece by piece is the system's anyway."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)
    os._exit(status)


def _status() -> int:
    gc.disable()  # nothing dies while modules load: the command turns it on again
    try:
        from shapelint.cli import main  # here, so that Ctrl-C is quiet while the program loads, too

        status = main(sys.argv[1:])
        sys.stdout.flush()  # here, and not at the exit, where a closed pipe would be a traceback
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough (`| head`)
        _write_into_nothing()
        return 0
    except OSError as fault:  # a full disk
        _write_into_nothing()
        print(f"shapelint: {(fault.strerror or str(fault)).lower()}", file=sys.stderr)
        return FAULT


def _open_closed_streams() -> None:
    """A stream that was closed before the start (`>&-`) is None: what goes there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process


def _write_into_nothing() -> None:
    """Let the flush at Python's end succeed, so that it does not complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
