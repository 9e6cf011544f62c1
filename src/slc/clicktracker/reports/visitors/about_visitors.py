"""``AboutVisitors``: what decides what is told of visitors, on screens and by REST."""

from functools import cached_property
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.reports.visitors.asked import visitors_asked
from slc.clicktracker.reports.visitors.asked import VisitorsAsked
from slc.clicktracker.reports.visitors.people import People
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tracking.allowed import may_see_readers
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


class AboutVisitors:
    """For views and services; on a folder about what visitors see at and below it."""

    context: Any
    request: IBrowserRequest

    #: How many rows are asked for.
    size: int

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
