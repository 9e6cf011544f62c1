"""Noting what is served without anybody's having to wait or suffer for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from slc.clicktracker.once_a_minute import OnceAMinute
from ZODB.POSException import ConflictError

import logging


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


@contextmanager
def out_of_the_way() -> Iterator[None]:
    """Whatever goes wrong in here, the answer goes out as if nothing had been. A
    conflict is raised, so that the request is made once more."""
    try:
        yield
    except ConflictError:
        raise
    except Exception as error:
        complain(error)


def complain(error: Exception | str) -> None:
    """Whatever it is, the answer goes out as if nothing had been."""
    if _said.is_due("delivered"):
        logger.error(
            "It is not noted now to whom pages and files are served: %s. See the "
            "status in Site Setup, ClickTracker Settings.",
            error,
            exc_info=error if isinstance(error, Exception) else None,
        )
