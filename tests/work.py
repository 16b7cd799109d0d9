"""What a piece of work costs, counted in steps: the same on every machine, however busy it is. What regular expressions
and other libraries do within a step is not counted; benchmarks/hostile.py measures that."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python are run."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether four times the size takes about four times the steps; if they grew with its square, sixteen times. What
    is done once for all is done before."""
    work(size - 1)
    return steps(lambda: work(4 * size)) < 6 * steps(lambda: work(size)) + 500
