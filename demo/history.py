"""What the demo's members have read, and what was changed, in the last weeks.

Recorded through the storage, like anything that browsers report. Moments are counted
back from now; everything else is the same each time.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from plone import api
from plone.app.textfield.value import RichTextValue
from random import Random
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from typing import Any

import json


#: What was changed in the agenda: it begins earlier.
AGENDA = (
    ("18:30 to about 20:45", "18:00 to about 20:15"),
    ("is open from 18:00", "is open from 17:30"),
)

#: What was changed in the minutes, and why that is minor.
MINUTES = (("Agreed by all.", "Agreed unanimously."),)
MINOR = "Wording only: nothing that was decided has changed."

#: Why Bob need not read the lease.
EXCUSE = "Rows in the club that is the tenant, and takes no part in this vote."

#: Papers of earlier meetings: how many weeks ago they were put up, and how often each
#: of their readers has looked something up since.
EARLIER = {
    "survey": (41, 8),
    "minutes-july": (19, 4),
    "festival": (16, 1),
    "storm": (11, 3),
    "pontoon": (7, 2),
}


@dataclass(frozen=True)
class Visit:
    """A page in front of somebody, so many days ago, for so many ``seconds``."""

    user: str
    days: float
    seconds: int
    depth: int = 100


#: What was read before it was changed, and since. Carol has never come.
AGENDA_BEFORE = (Visit("alice", 13, 95), Visit("dave", 11, 130))
AGENDA_SINCE = (Visit("alice", 7, 80), Visit("bob", 5, 70, 85), Visit("alice", 1, 20))
MINUTES_BEFORE = (Visit("alice", 20, 180), Visit("bob", 18, 140), Visit("dave", 16, 60))
BUDGET = (
    Visit("alice", 6, 260),
    Visit("bob", 5, 2, 10),
    Visit("alice", 2, 120),
)


def add_history(folder: Any, names: dict[str, str]) -> None:
    """Let the last weeks have passed over the board's papers; ``names`` are the full
    names of the members by id.

    Raises ``slc.clicktracker.storage.errors.StorageError``.
    """
    diary = _Diary(names)
    _age(folder.agenda, diary.ago(14))
    _age(folder.minutes, diary.ago(23))
    _age(folder.budget, diary.ago(9))
    _age(folder["lease.pdf"], diary.ago(8))
    diary.read(folder.agenda, AGENDA_BEFORE)
    _change(folder.agenda, AGENDA, diary.ago(8))
    diary.read(folder.agenda, AGENDA_SINCE)
    diary.read(folder.minutes, MINUTES_BEFORE)
    before = _text_of(folder.minutes, diary.ago(23))
    _change(folder.minutes, MINUTES, diary.ago(15))
    diary.read(folder.budget, BUDGET)
    diary.note(folder.budget, "dave", 4, SERVED)
    for user, days in (("alice", 6), ("dave", 3)):
        diary.note(folder["lease.pdf"], user, days, DOWNLOADED)
    for name, (weeks, again) in EARLIER.items():
        paper = folder["earlier-meetings"][name]
        _age(paper, diary.ago(7 * weeks))
        diary.read(paper, diary.visits_of_old(7 * weeks, again))
    with api.env.adopt_user(username="secretary"):
        texts = (_text_of(folder.minutes, diary.ago(15)), before)
        declare_minor(folder.minutes, texts, MINOR)
        excuse(folder["lease.pdf"], Reader("bob"), EXCUSE)
    site_storage().record(diary.accesses)


class _Diary:
    """Collects accesses, with the times of day and the keys that a seed gives."""

    def __init__(self, names: dict[str, str]) -> None:
        self.accesses: list[Access] = []
        self._names = names
        self._random = Random(19)
        self._now = utc_now()

    def ago(self, days: float) -> datetime:
        return self._now - timedelta(days)

    def read(self, content: Any, visits: tuple[Visit, ...]) -> None:
        """Somebody had a page open, as it is now; its ticket was issued with it."""
        for visit in visits:
            at = self.ago(visit.days - self._random.random() / 3)
            took = timedelta(seconds=visit.seconds)
            access = replace(
                self._access(content, visit.user, at),
                seen=at + took + timedelta(seconds=4),
                engaged=visit.seconds * 1000,
                depth=visit.depth,
                marks=Marks.ENDED if visit.depth == 100 else NO_MARKS,
            )
            note = self._access(content, visit.user, at)
            self.accesses += [access, replace(note, origin=SERVED)]

    def note(self, content: Any, user: str, days: float, origin: str) -> None:
        """The server noted something of which nobody reported more."""
        access = self._access(content, user, self.ago(days))
        self.accesses.append(replace(access, origin=origin))

    def visits_of_old(self, days: int, again: int) -> tuple[Visit, ...]:
        """Return who read a paper in the first weeks, and looked it up since."""
        visits = []
        for user in ("alice", "bob", "dave"):
            moments = [days - self._random.uniform(1, 12)]
            moments += [self._random.uniform(1, days - 12) for _ in range(again)]
            visits += [
                Visit(user, moment, self._random.randint(15, 120)) for moment in moments
            ]
        return tuple(visits)

    def _access(self, content: Any, user: str, at: datetime) -> Access:
        path = "/".join(content.getPhysicalPath())
        site = "/".join(api.portal.get().getPhysicalPath())
        return Access(
            key=self._random.randbytes(16).hex(),
            issued=at,
            opened=at,
            seen=at,
            document=Document(content.UID(), path, content.Title()),
            reader=Reader(user, "", self._names[user]),
            url=path.removeprefix(site),
            version=visible_version(content),
        )


def _text_of(content: Any, first: datetime) -> DeclaredText:
    version = visible_version(content)
    return DeclaredText(text_key(version), version.label, first)


def _change(content: Any, changes: tuple[tuple[str, str], ...], at: datetime) -> None:
    """Change the text as an editor does, which Plone keeps as another version."""
    if getattr(content, "blocks", None):
        written = json.dumps(content.blocks, ensure_ascii=False)
        content.blocks = json.loads(_replaced(written, changes))
    else:
        html = _replaced(content.text.raw, changes)
        content.text = RichTextValue(html, "text/html", "text/x-html-safe")
    with api.env.adopt_user(username="manager"):
        api.portal.get_tool("portal_repository").save(content)
    _age(content, at)


def _replaced(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for before, after in changes:
        text = text.replace(before, after)
    return text


def _age(content: Any, at: datetime) -> None:
    """Make content look as if it was changed at that moment, and its latest version saved."""
    content.setModificationDate(at.isoformat())
    number = api.portal.get_tool("portal_historyidhandler").queryUid(content)
    versions = api.portal.get_tool("portal_historiesstorage").getHistoryMetadata(number)
    if versions:
        versions.retrieve(None)["metadata"]["sys_metadata"]["timestamp"] = (
            at.timestamp()
        )
        versions._full._p_changed = True
    content.reindexObject(idxs=["modified", "SearchableText"])
