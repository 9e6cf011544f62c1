"""``Summary``: what is known of the reading in a place, for a mail to the current user.

It is made by the functions that the screens use, and of what the current user may see at
this moment.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.mails.behind import Behind
from slc.clicktracker.mails.behind import is_behind
from slc.clicktracker.mails.behind import worst_of
from slc.clicktracker.mails.news import News
from slc.clicktracker.mails.news import news_of
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import progress_of
from slc.clicktracker.reports.progress import ProgressOfAll
from slc.clicktracker.reports.read_files import expected_after_reading
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.tracked import tracked_below
from typing import Any


@dataclass(frozen=True, eq=False)
class Summary:
    """What there is to say of a ``place`` for the time ``since`` then.

    ``progress`` is that of all documents whose version is known; of the others there are
    ``unknown``. Of so many documents the audience is ``incomplete``.
    """

    place: Any
    since: datetime
    progress: ProgressOfAll
    worst: tuple[Behind, ...]
    news: News
    unknown: int
    incomplete: int

    @property
    def documents(self) -> int:
        """How many there are."""
        return len(self.progress.documents) + self.unknown

    @cached_property
    def is_of_one(self) -> bool:
        """Is it about one document, which the place itself is?"""
        uid = document_uid(self.place)
        found = (each.document.uid for each in self.progress.documents)
        return self.documents == 1 and uid in found

    @property
    def behind(self) -> int:
        """Of how many documents somebody is behind."""
        return sum(map(is_behind, self.progress.documents))

    @property
    def names(self) -> int:
        """How many people are named, each for each document."""
        return sum(len(each.people) for each in self.worst)

    @property
    def says_something(self) -> bool:
        """Is anything new, or anybody behind, or is something not known?"""
        return bool(self.news or self.worst or self.unknown)


def storage_can_tell() -> bool:
    """Does the storage of the current site know what summaries are made of? Raises
    ``StorageError``."""
    return storage_with(IAudienceProgress, IReadingLists) is not None


def summary_of(
    place: Any, since: datetime, now: datetime, reads_files: bool = False
) -> Summary:
    """Return the summary for the current user, of what that one may see there with the
    names of readers. Raises ``StorageError``.

    ``reads_files`` where nobody waits for it: then the versions of all files are known.
    """
    documents = tracked_below(place, VIEW_READERS)
    expected = (
        expected_after_reading(documents)
        if reads_files
        else expected_readers(documents, Audiences())
    )
    known = tuple(each for each in expected if each.standing)
    progress = progress_of(known)
    return Summary(
        place=place,
        since=since,
        progress=progress,
        worst=worst_of(known, progress.documents),
        news=news_of(place, expected, since, now),
        unknown=len(expected) - len(known),
        incomplete=sum(not each.audience.complete for each in expected),
    )
