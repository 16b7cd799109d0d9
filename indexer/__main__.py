"""The command onrecord, also python -m indexer: from here on Ctrl-C ends it with one line."""

from __future__ import annotations

import os
import signal

INTERRUPTED = 128 + signal.SIGINT        # the status by which shells know a program that Ctrl-C ended


def stop(number: int, frame: object) -> None:
    """End at once. Nothing has begun that would have to be ended in order, and what is being imported is in any
    state."""
    os.write(2, b"Stopped.\n")
    os._exit(INTERRUPTED)


def main() -> None:
    """Everything else is imported here. A shell's background jobs ignore Ctrl-C, and go on doing so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)
    from indexer.commands import main

    main(prog_name="onrecord")


if __name__ == "__main__":
    main()
