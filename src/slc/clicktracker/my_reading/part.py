"""What the parts of a member's own record have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.sites.retention import retention_setting
from slc.clicktracker.storage.model import Reader
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Link:
    """Content by its title, and where it is."""

    text: str
    url: str


#: What is in a row: a text, a moment, content, or nothing.
Cell = str | Message | datetime | Link | None

#: A page of rows, and how many there are in all.
Page = tuple[list[tuple[Cell, ...]], int]

#: What a program gets for a row: values that JSON can have, and moments in UTC.
Data = dict[str, Any]


class OwnPart:
    """One kind of what is recorded about ``reader``, who has to be the current user.

    Whatever asks the storage raises ``StorageError``.
    """

    name: str
    title: Message

    #: The names of the places of people (``places.zcml``) of which it tells.
    places: tuple[str, ...] = ()

    #: What the rows are, and what they mean.
    says: Message

    #: What the columns are called.
    columns: tuple[Message, ...]

    #: What words in the rows mean: pairs of a word and a sentence.
    explained: tuple[tuple[Message, Message], ...] = ()

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @property
    def is_kept(self) -> bool:
        """Can the site have such records at all?"""
        return True

    @property
    def kept(self) -> Message:
        """How long it is kept."""
        raise NotImplementedError

    def page(self, start: int, size: int) -> Page:
        """Return some rows, the latest first."""
        raise NotImplementedError

    def data(self) -> Iterator[Data]:
        """Yield all of it, for programs."""
        raise NotImplementedError


def kept_for(days: int) -> Message:
    """Say how long something is kept."""
    return _("This is kept for ${days} days, then removed.", mapping={"days": days})


def kept_as_evidence(setting: str) -> Message:
    """Say the same of something that one of ``IRetentionSettings`` is about."""
    months = retention_setting(setting)
    if not months:
        return _("This is kept as evidence, without a time limit.")
    return _(
        "This is kept as evidence for ${months} months, then removed.",
        mapping={"months": months},
    )
