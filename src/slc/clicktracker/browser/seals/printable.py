"""``@@clicktracker-seal-print``: a seal on a page to be printed and filed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.seals.asked_seal import OfContent
from slc.clicktracker.browser.seals.asked_seal import OfDeleted
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.reports.head import NO_EVIDENCE
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.then import FORGOTTEN
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.sealing import seal_file
from slc.clicktracker.sites.openings import PRINT
from slc.clicktracker.sites.openings import SEAL
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


#: Rows of people on the page, some 60 sheets of paper. All of them are in the file.
MOST_ROWS = 2000


@dataclass(frozen=True)
class PrintedPerson:
    """A person: ``name``, ``how_far`` in words, when last, as text."""

    name: str
    how_far: str
    last: str = ""


class PrintableSeal(OfContent, NamesShown, BrowserView):
    """What was sealed, as it was sealed, without the site around it."""

    index = ViewPageTemplateFile("templates/printable-seal.pt")
    timezone = staticmethod(timezone_name)
    number = staticmethod(localized_number)
    no_evidence: Message = NO_EVIDENCE

    def __call__(self) -> str:
        self.refuse()
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        if self.asks_reason:
            return self.reason_page()
        # The theme would put the site's head and navigation around it.
        response.setHeader("X-Theme-Disabled", "1")
        page = self.index()
        self.note_names(SEAL, len(self.file["people"]), as_file=PRINT)
        return page

    @cached_property
    def seal(self) -> Seal:
        return self.asked_seal

    @cached_property
    def file(self) -> dict[str, Any]:
        return seal_file(self.seal)

    @property
    def head(self) -> dict[str, Any]:
        return self.file["head"]

    @property
    def parts(self) -> dict[str, Any]:
        return self.file["parts"]

    @cached_property
    def deadline(self) -> Deadline | None:
        """By when it had to be read, None where nobody had said that."""
        details = self.parts["report"]["deadline"]
        return None if details is None else Deadline.of_details(details)

    @property
    def by_when(self) -> str:
        return deadline_text(self.deadline)

    @property
    def evidence(self) -> Level:
        """What the deadline asks for."""
        return level_of(self.deadline.level)

    @cached_property
    def versions(self) -> list[tuple[Message, str]]:
        """The versions that were current then: what each is called, and its digest."""
        named = NamedVersions(dated=True)
        return [
            (named.of_saved(each["uid"], each["text"], each["label"]), each["text"])
            for each in self.parts["documents"]
        ]

    @cached_property
    def expected(self) -> list[PrintedPerson]:
        """Those who were expected, with what was known of them."""
        known = {
            each["person"]: each
            for each in self.parts["readings"]
            if each["person"] and not each["former"]
        }
        listed = self.parts["expected"]
        return [
            self._printed(each["person"], known.get(each["person"])) for each in listed
        ]

    @cached_property
    def others(self) -> list[PrintedPerson]:
        """All others who had read it."""
        expected = {each["person"] for each in self.parts["expected"]} - {""}
        return [
            self._printed(each["person"], each)
            for each in self.parts["readings"]
            if each["person"] not in expected or each["former"]
        ]

    @property
    def excused(self) -> list[str]:
        return [self.name_of(each["person"]) for each in self.parts["excused"]]

    def few(self, people: list[PrintedPerson]) -> list[PrintedPerson]:
        return people[:MOST_ROWS]

    def _printed(self, person: str, reading: dict[str, Any] | None) -> PrintedPerson:
        name = self.name_of(person)
        if reading is None:
            return PrintedPerson(name, api.portal.translate(_("No evidence")))
        words = ", ".join(map(api.portal.translate, _said_of(reading)))
        return PrintedPerson(name, words, self.time(reading["last"]))

    def name_of(self, person: str) -> str:
        """Return whom a commitment stands for, as far as the site still knows."""
        found = self.file["people"].get(person)
        if found is None:
            return api.portal.translate(FORGOTTEN)
        name, user = found["name"], found["user"]
        return f"{name} ({user})" if name else user

    def time(self, text: str) -> str:
        """Return a moment as people read it."""
        return local_time(datetime.fromisoformat(text.replace("Z", "+00:00")))

    @property
    def site_title(self) -> str:
        return self.head["site"]["title"]

    @property
    def language(self) -> str:
        return api.portal.get_current_language()

    @property
    def back_url(self) -> str:
        return self.url_of("s")

    def static_url(self, name: str) -> str:
        return static_url(api.portal.get().absolute_url(), name)


class PrintableDeletedSeal(OfDeleted, PrintableSeal):
    """The same of what is deleted."""


def _said_of(reading: dict[str, Any]) -> Iterator[Message]:
    yield level_of(reading["level"]).title
    if reading["acknowledged"]:
        yield _("Acknowledged")
    if reading["attested"]:
        yield _("Attested")
    if not reading["current"]:
        yield _("of an older version")
    if reading["former"]:
        yield _("account deleted")
