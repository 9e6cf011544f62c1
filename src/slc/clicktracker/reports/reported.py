"""What the browser of a reader has told besides that the page was opened."""

from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.storage.marks import Marks
from typing import Protocol
from zope.i18nmessageid import Message


#: What stands in the place of time and depth where nothing is known of them.
NOT_REPORTED = _("not reported")


@dataclass(frozen=True)
class MarkWords:
    """How a mark is told: the ``title`` of its column, which is so many characters wide,
    and what is ``said`` beside a reading that has it, None for nothing."""

    title: Message
    width: int
    said: Message | None


#: In the order of the columns.
MARK_WORDS = {
    # That is said by how_far.
    Marks.ENDED: MarkWords(_("End seen"), 11, None),
    Marks.PRINTED: MarkWords(_("Printed"), 10, _("printed")),
}


class Figures(Protocol):
    """What a ``Reading``, ``VersionRead``, ``Access`` or ``ReaderRow`` has."""

    engaged: int
    depth: int
    marks: Marks


def has_figures(read: Figures) -> bool:
    """Has the browser told how long, or how far, the page was read?

    The message that opens a page view comes before there is anything to tell. Where no
    other one arrives, as the session or the connection ended first, all is 0: that says
    nothing of the reader.
    """
    return bool(read.engaged or read.depth or read.marks)


class Sums(Protocol):
    """What a ``Reading``, ``TextSums`` or ``ReaderRow`` has."""

    count: int
    downloaded: datetime | None


def was_seen(read: Sums) -> bool:
    """Was it opened or downloaded? Else its times are those of an acknowledgement."""
    return bool(read.count or read.downloaded)


def how_far(read: Figures) -> Message:
    """Return how much of the page came into view."""
    if not has_figures(read):
        return NOT_REPORTED
    if Marks.ENDED in read.marks:
        return _("to the end")
    return _("up to ${percent} %", mapping={"percent": read.depth})


def said_of(read: Figures) -> list[MarkWords]:
    """Return the words for the marks that are said beside how far somebody got."""
    return [
        words for mark, words in MARK_WORDS.items() if mark in read.marks and words.said
    ]
