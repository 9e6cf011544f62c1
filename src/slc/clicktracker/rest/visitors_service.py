"""What the services about visitors have in common."""

from collections.abc import Callable
from datetime import date
from datetime import datetime
from functools import cached_property
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.visitors.about_visitors import AboutVisitors
from slc.clicktracker.reports.visitors.about_visitors import NeedsReason
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.sites.clock import site_timezone
from typing import Any
from zope.component import getMultiAdapter
from zope.i18nmessageid import Message


class VisitorsService(AboutVisitors, ListService):
    """About the visitors of the site, or of a folder, for other software."""

    #: The name of the screen, where there is anything ``for_screen``.
    view_name: str

    def answer(self) -> dict[str, Any]:
        if wrong := self.wrong():
            return self.not_understood(wrong)
        try:
            self.look()
        except NeedsReason:
            return self.refused(403, "Forbidden", NEEDS_REASON)
        if self.found is None:
            problem = None if self.problem is self.incapable else self.problem
            return self.nothing(problem, self.incapable)
        return self.said(self.found)

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
        view.found = self.found
        return view

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

    @cached_property
    def today(self) -> date:
        """The day by the site's clock."""
        return datetime.now(site_timezone()).date()
