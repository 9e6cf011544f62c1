"""Has everybody who is expected to read a document read it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.tracked import can_be_read
from slc.clicktracker.versions.standing import Standing
from slc.clicktracker.versions.standing import standings_of
from typing import Any


@dataclass(frozen=True, eq=False)
class _Asked:
    """A document of which something can be said: its audience, what stands for it, and
    the evidence that is asked for."""

    audience: Audience
    standing: Standing
    level: str


class AllRead:
    """Answers about documents, for one request: yes where everybody of the audience who
    can view a document now has read a version that counts, to the level that its deadline
    asks for. Who the current user is doesn't matter.

    No where that is in doubt: nobody is expected, or somebody may be missing in the
    audience; it is not tracked, or the version is not known; the storage can't tell.
    """

    @cached_property
    def _audiences(self) -> Audiences:
        return Audiences()

    def of(self, content: Any) -> bool:
        """Return the answer for one document. Raises ``StorageError``."""
        return self.of_each([content])[0]

    def of_each(self, contents: Sequence[Any]) -> list[bool]:
        """Return the same for each of several, with one question to the storage for all."""
        asked = self._asked_of_each(contents)
        known = [each for each in asked if each is not None]
        storage = storage_with(IAudienceProgress)
        if not known or storage is None:
            return [False for _content in contents]
        numbers = storage.progress(_question(known))
        yes = {
            id(each)
            for each, number in zip(known, numbers, strict=True)
            if number == len(each.audience.able)
        }
        return [id(each) in yes for each in asked]

    def _asked_of_each(self, contents: Sequence[Any]) -> list[_Asked | None]:
        """Return what to ask of each, None where the answer is no in any case."""
        readable = [
            each for each in contents if tracking_of(each).tracked and can_be_read(each)
        ]
        standings = {
            id(content): standing
            for content, standing in zip(readable, standings_of(readable), strict=True)
        }
        return [self._asked(each, standings.get(id(each))) for each in contents]

    def _asked(self, content: Any, standing: Standing | None) -> _Asked | None:
        # Without a text that is the current one, any that somebody has read would count.
        if standing is None or not standing.current:
            return None
        audience = self._audiences.of(content)
        if not (audience.complete and audience.able):
            return None
        deadline = deadline_of(content)
        return _Asked(audience, standing, deadline.level if deadline else LEAST)


def _question(asked: Sequence[_Asked]) -> ProgressQuery:
    # By identity: documents of a folder mostly have one and the same audience.
    places = {id(each.audience.able): each.audience.able for each in asked}
    order = {key: place for place, key in enumerate(places)}
    items = (
        Expectation(
            each.standing.documents,
            each.standing.current,
            order[id(each.audience.able)],
            each.level,
        )
        for each in asked
    )
    return ProgressQuery(tuple(items), tuple(places.values()), engagement_rule())


def reaches(row: Reading, current: tuple[str, ...], level: str) -> bool:
    """Is a reading one of a text that counts as the current one, and as far as is asked for?

    That of a translation may be of an older text. An account that was deleted was that of
    somebody else, even where there is one of the same id. For *opened*, it is enough to have
    downloaded it, as everywhere. What the reader has acknowledged, or somebody attests, is
    enough for any level.
    """
    if row.former or row.text not in current:
        return False
    if row.acknowledged or row.attested:
        return True
    if level == ACKNOWLEDGED:
        return False
    if level == DOWNLOADED:
        return row.of_text is not None and row.of_text.downloaded is not None
    return level == LEAST or row.level in LEVELS[LEVELS.index(level) :]
