"""Files are made while pages are asked for, which come first."""

from threading import get_ident
from typing import Any

import time


#: How long a file waits, in seconds, where a page is made: twice as long as Python leaves its
#: interpreter to one thread, so that the page has most of it.
_PAUSE = 0.01

#: The threads that answer a request.
_answering: set[int] = set()


def request_begins(event: Any) -> None:
    """Zope publishes something in this thread."""
    _answering.add(get_ident())


def request_ends(event: Any) -> None:
    """What Zope has published is there, or has failed."""
    _answering.discard(get_ident())


def give_way() -> None:
    """Leave the interpreter to requests that are answered in other threads, where there
    are any, but not to those who make a file themselves.

    Python has no thread that is less urgent than others: each takes it for five
    milliseconds in turn, and a page would take twice as long as alone.
    """
    _answering.discard(get_ident())
    if _answering:
        time.sleep(_PAUSE)
