"""What the browser of a reader has told besides that the page was opened."""

from slc.clicktracker import _
from typing import Protocol


#: What stands in the place of time and depth where nothing is known of them.
NOT_REPORTED = _("not reported")


class Figures(Protocol):
    """What a ``Reading``, ``VersionRead``, ``Access`` or ``ReaderRow`` has."""

    engaged: int
    depth: int
    ended: bool
    printed: bool


def has_figures(read: Figures) -> bool:
    """Has the browser told how long, or how far, the page was read?

    The message that opens a page view comes before there is anything to tell. Where no
    other one arrives, as the session or the connection ended first, all is 0: that says
    nothing of the reader.
    """
    return bool(read.engaged or read.depth or read.ended or read.printed)
