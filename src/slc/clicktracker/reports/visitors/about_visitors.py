"""``AboutVisitors``: what decides what is told of visitors, on screens and by REST."""

from functools import cached_property
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.reports.visitors.asked import visitors_asked
from slc.clicktracker.reports.visitors.asked import VisitorsAsked
from slc.clicktracker.reports.visitors.people import People
from slc.clicktracker.reports.visitors.problems import visitors_problem
from slc.clicktracker.sites.looks import note_looks
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.tracking.allowed import may_see_readers
from typing import Any
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass
from zope.publisher.interfaces.browser import IBrowserRequest


class NeedsReason(Exception):
    """Whoever looks at names has to say first why they do."""


class AboutVisitors:
    """For views and services; on a folder about what visitors see at and below it.

    Names, and the addresses that people come from, are only for those who may see readers
    there.
    """

    context: Any
    request: IBrowserRequest

    #: What the storage has to provide, and what is said where it doesn't.
    capability: InterfaceClass
    incapable: Message

    #: What is recorded as looked at.
    what: str

    #: Are people listed whose names are looked at?
    shows_people = True

    #: Why nothing can be said, once ``found`` was asked for.
    problem: Message | None = None

    #: How many rows are asked for.
    size: int

    def look(self) -> None:
        """Ask the storage for what is ``found``, and record whose names are looked at.
        Raises ``NeedsReason`` before anything is asked."""
        shows_names = self.names and self.shows_people
        if shows_names and asks_for_reason():
            raise NeedsReason
        if self.found is not None and shows_names:
            self.note_seen()

    def note_seen(self) -> None:
        """Record that the names were looked at."""
        note_looks(self.found.readers(), self.what, self.request)

    @cached_property
    def found(self) -> Any:
        """What the storage says; None where ``problem`` says why it doesn't."""
        try:
            storage = storage_with(self.capability)
            if storage is not None:
                return self.ask(storage)
            self.problem = self.incapable
        except StorageError as error:
            self.problem = visitors_problem(error)
        return None

    def ask(self, storage: Any) -> Any:
        """Return what is told; where it names people, with ``readers``. Raises
        ``StorageError``."""
        raise NotImplementedError

    @cached_property
    def names(self) -> bool:
        """May names, and the addresses that people come from, be told?"""
        return may_see_readers(self.context)

    @cached_property
    def people(self) -> People:
        return People(self.names)

    @cached_property
    def asked(self) -> VisitorsAsked:
        asked = self.request.form, self.request, self.names, self.size
        return visitors_asked(*asked, self.place)

    @cached_property
    def place(self) -> str:
        """The site-relative address of the folder, "" for the whole site."""
        return path_in_site(self.context).rstrip("/")

    @cached_property
    def is_recording(self) -> bool:
        return visit_rules("") is not None
