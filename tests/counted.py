"""How much work something is, in steps: the same number on every machine, however busy."""

from collections.abc import Callable
from types import FrameType
from typing import Any

import sys


def steps(work: Callable[..., Any], *arguments: Any) -> int:
    """Return how many steps Python itself takes for ``work`` with these arguments.

    What a function takes that is compiled is one step, however long: so this tells
    whether there are more turns of a loop, and not what happens within a regular
    expression.
    """
    count = 0

    def watch(frame: FrameType, event: str, argument: Any) -> Callable:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        work(*arguments)
    finally:
        sys.settrace(before)
    return count
