"""What the mail of an errand says now, as whoever gets it may know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from plone import api
from slc.clicktracker.mails.language import Language
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.links import Links
from slc.clicktracker.mails.people import Addressee
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reminders.errands import Errand
from slc.clicktracker.reminders.errands import READER
from slc.clicktracker.reminders.errands import steps_of
from slc.clicktracker.reminders.letters import Entry
from slc.clicktracker.reminders.letters import Frame
from slc.clicktracker.reminders.letters import MOST_NAMES
from slc.clicktracker.reminders.letters import owner_letter
from slc.clicktracker.reminders.letters import reader_letter
from slc.clicktracker.reminders.reminded import Step
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.reports.dated import Dated
from slc.clicktracker.reports.dated import dated_among
from slc.clicktracker.reports.dated import lacking_of
from slc.clicktracker.reports.own_deadlines import own_deadlines_among
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.tracked import tracked_at
from slc.clicktracker.words.addresses import view_name


READING_LIST = "@@my-reading-list"


@dataclass(frozen=True)
class Made:
    """A mail, and the steps that it is about."""

    letter: Letter
    steps: tuple[Step, ...]


class ReminderMail:
    """Makes the mail of one errand. What has been read meanwhile isn't in it, nor what the
    ``addressee`` may not see any more, nor what the deadline has changed of."""

    def __init__(
        self, errand: Errand, addressee: Addressee, wishes: Wishes, base: str
    ) -> None:
        self._errand, self._addressee, self._wishes = errand, addressee, wishes
        self._links = Links(base, api.portal.get().getPhysicalPath())

    def made(self, now: datetime) -> Made | None:
        """Return it, None where there is nothing to say. Raises ``StorageError``."""
        is_reader = self._errand.kind == READER
        with api.env.adopt_user(user=self._addressee.user):
            found = list(self._of_reader(now) if is_reader else self._of_owner(now))
        if not found:
            return None
        entries, steps = zip(*found, strict=True)
        write = reader_letter if is_reader else owner_letter
        return Made(write(entries, self._frame(now)), steps)

    def _of_reader(self, now: datetime) -> Iterator[tuple[Entry, Step]]:
        documents = tracked_at(self._errand.paths, "View")
        for own in own_deadlines_among(documents, Reader(self._errand.user)):
            dated = Dated(own.document, own.declaration, own.deadline)
            step = self._step(dated, now)
            if step is not None and not own.is_done:
                url = self._url(dated)
                title = own.document.item.title
                yield (
                    Entry(title, url, own.deadline, has_changed=own.older is not None),
                    step,
                )

    def _of_owner(self, now: datetime) -> Iterator[tuple[Entry, Step]]:
        documents = tracked_at(self._errand.paths, VIEW_READERS)
        at_step = [each for each in dated_among(documents) if self._is_own(each)]
        steps = {id(each): self._step(each, now) for each in at_step}
        listed = [each for each in at_step if steps[id(each)] is not None]
        listed.sort(key=lambda each: (each.deadline.moment, each.document.item.path))
        for lacking in lacking_of(listed):
            dated, names = lacking.dated, lacking.missing[:MOST_NAMES]
            yield (
                Entry(
                    dated.document.item.title,
                    self._links.to(
                        dated.document.content, "@@who-read-this?tab=absent"
                    ),
                    dated.deadline,
                    names=tuple(each.name or each.user for each in names),
                    missing=len(lacking.missing),
                ),
                steps[id(dated)],
            )

    def _is_own(self, dated: Dated) -> bool:
        by = dated.declaration.by
        return (by.user, by.folder) == (self._errand.user, "")

    def _step(self, dated: Dated, now: datetime) -> Step | None:
        """Return the step of the errand that a document is still at."""
        steps = [step for _dated, step in steps_of([dated], self._wishes, now)]
        return next((each for each in steps if each in self._errand.steps), None)

    def _url(self, dated: Dated) -> str:
        document = dated.document
        view = view_name(document.item.known("portal_type"))
        return self._links.to(document.content, view)

    def _frame(self, now: datetime) -> Frame:
        errand, wishes = self._errand, self._wishes
        is_reader = errand.kind == READER
        member = api.user.get(userid=errand.user)
        return Frame(
            language=Language(self._addressee.language),
            words=wishes.reader_words if is_reader else wishes.owner_words,
            name=member.getProperty("fullname") or errand.user,
            site=site_title(),
            more=self._links.at((), READING_LIST if is_reader else ""),
            now=now,
        )


def site_title() -> str:
    """Return what the site is called in mails."""
    title = api.portal.get_registry_record("plone.site_title", default="")
    return title or api.portal.get().getId()
