"""What the services about visitors have in common."""

from collections.abc import Callable
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from functools import cached_property
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.visitors.about_visitors import AboutVisitors
from slc.clicktracker.reports.visitors.problems import visitors_problem
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.looks import note_looks
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from typing import Any
from zope.component import getMultiAdapter
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass


class VisitorsService(AboutVisitors, ListService):
    """About the visitors of the site; on a folder about what they see at and below it.

    Names, and the addresses that people come from, are only for those who may see readers
    there.
    """

    #: What the storage has to provide, and what is said where it doesn't.
    capability: InterfaceClass
    incapable: Message

    #: What is recorded as looked at.
    what: str

    #: The name of the screen, where there is anything ``for_screen``.
    view_name: str

    #: Are people listed whose names are looked at?
    shows_people = True

    def answer(self) -> dict[str, Any]:
        if wrong := self.wrong():
            return self.not_understood(wrong)
        if self.names and self.shows_people and asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        try:
            storage = storage_with(self.capability)
            found = None if storage is None else self.ask(storage)
        except StorageError as error:
            return self.nothing(visitors_problem(error), self.incapable)
        if found is None:
            return self.nothing(None, self.incapable)
        if self.names and self.shows_people:
            note_looks(self.seen(found), self.what, self.request)
        self._found = found
        return self.said(found)

    def wrong(self) -> dict[str, Message]:
        """Return which parameters can't be understood, and why."""
        return {}

    def for_screen(
        self, name: str, made: Callable[..., Part], *about: Any
    ) -> dict[str, Part]:
        """Return under a ``name`` what the screen says about it, where that is asked for;
        else nothing."""
        if not self.is_for_screen:
            return {}
        return {name: told(made(self._screen, *about), self.words)}

    @cached_property
    def _screen(self) -> VisitorsScreen:
        """The screen of Plone, which knows where everything is."""
        view = getMultiAdapter((self.context, self.request), name=self.view_name)
        view.found = self._found
        return view

    def ask(self, storage: Any) -> Any:
        """Return what is told. Raises ``StorageError``."""
        raise NotImplementedError

    def seen(self, found: Any) -> Iterable[Reader]:
        """Return the members who are shown."""
        raise NotImplementedError

    def said(self, found: Any) -> dict[str, Any]:
        """Return the answer."""
        raise NotImplementedError


class DaysService(VisitorsService):
    """About the visitors on the days that are ``wanted``. Nobody is named, unless a list is
    of members."""

    shows_people = False
    wanted: DaysAsked

    def wrong(self) -> dict[str, Message]:
        days = {"since": self.wanted.since.problem, "until": self.wanted.until.problem}
        return {name: problem for name, problem in days.items() if problem}

    def seen(self, found: Any) -> Iterable[Reader]:
        return ()

    @cached_property
    def today(self) -> date:
        """The day by the site's clock."""
        return datetime.now(site_timezone()).date()
