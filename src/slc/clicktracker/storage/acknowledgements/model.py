"""The values of acknowledgements that travel to and from a storage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from typing import NamedTuple


#: The kinds: the reader has said so, or somebody else vouches for the reader.
ACKNOWLEDGED = "acknowledged"
ATTESTED = "attested"

#: In the order of the numbers that databases have for them.
KINDS = (ACKNOWLEDGED, ATTESTED)


@dataclass(frozen=True)
class Acknowledgement(Normalised):
    """That somebody has read a version of a document, said by an authenticated act; or
    that what was said before does not stand any more.

    ``key``      the same one when the same is said again, which then changes nothing
    ``kind``     one of ``KINDS``
    ``at``       when, which also says whose account it is; ``by`` whom: the reader, or
                 whoever vouches
    ``sentence`` what exactly was said, in the ``language`` with this code
    ``way``      how somebody else knows it, as a word for programs
    ``why``      a reason, as it was typed
    ``asked_again``  was the password asked for once more?
    ``is_withdrawn``  it does not stand any more from then on
    ``generation``  tells accounts apart that have had the same id, ``retired`` says when
                 the account was deleted, None while there is one; what a storage is given
                 needs neither

    Raises ``ValueError`` for another kind, or where nobody or no document is named.
    """

    key: str
    kind: str
    document: Document
    version: Version
    reader: Reader
    at: datetime
    by: Reader
    sentence: str = ""
    language: str = ""
    way: str = ""
    why: str = ""
    asked_again: bool = False
    is_withdrawn: bool = False
    generation: int = 1
    retired: datetime | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of acknowledgement")
        if not (self.key and self.document.uid and self.reader.user and self.text):
            raise ValueError("somebody acknowledges a version of a document, once")

    @property
    def former(self) -> bool:
        """Was the account deleted?"""
        return self.retired is not None

    def former_at(self, moment: datetime) -> int:
        """Return 0 for an account that there was at a moment, else the generation."""
        was_there = self.retired is None or self.retired > moment
        return 0 if was_there else self.generation

    @property
    def text(self) -> str:
        """What the version showed: versions of the same digest are one text."""
        return self.version.digest or self.version.label

    @property
    def about(self) -> "About":
        """What the last one decides that is about the same."""
        who = self.reader.folder, self.reader.user, self.generation
        return About(self.document.uid, self.text, *who, self.kind)


class About(NamedTuple):
    """A text of a document, an account and a kind."""

    uid: str
    text: str
    folder: str
    user: str
    generation: int
    kind: str


@dataclass(frozen=True)
class AcknowledgementQuery:
    """Which acknowledgements: those of some ``documents``, by UID, None for all; those of a
    ``reader``, None for all: of the present account, or of the ``generation`` that is
    asked for."""

    documents: tuple[str, ...] | None = None
    reader: Reader | None = None
    generation: int | None = None


def standing(every: Iterable[Acknowledgement]) -> tuple[Acknowledgement, ...]:
    """Return those that stand, of all that were ever made, in their order: the last one
    about the same, unless it is withdrawn."""
    last = {each.about: each for each in every}
    return tuple(each for each in last.values() if not each.is_withdrawn)
