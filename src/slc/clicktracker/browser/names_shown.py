"""What views do that show names: they ask for a reason first, and record who looks."""

from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.reasons import LONGEST
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from typing import Any


class NamesShown:
    """Mix-in for views. Where ``asks_reason``, ``reason_page`` is shown in the place of the
    view, and nothing is asked of a storage before."""

    context: Any
    request: Any

    reason_page = ViewPageTemplateFile("reason-page.pt")
    reason_form = ViewPageTemplateFile("reason-form.pt")
    longest_reason = LONGEST

    @cached_property
    def asks_reason(self) -> bool:
        return asks_for_reason()

    @property
    def reason_url(self) -> str:
        """Where the form is sent to."""
        return f"{api.portal.get().absolute_url()}/@@clicktracker-reason"

    @property
    def here_with_query(self) -> str:
        """Where the names are, from the root of the host, as it was asked for."""
        query = self.request.get("QUERY_STRING", "")
        return (
            f"{self.request.ACTUAL_URL}?{query}" if query else self.request.ACTUAL_URL
        )

    def note_names(
        self,
        what: str,
        names: int,
        filters: dict[str, str] | None = None,
        person: Reader | None = None,
        as_file: str = "",
    ) -> None:
        """Record that a list of names of the view's content was opened."""
        listed = NamedList(
            what=what,
            uid=self.uid_of_names,
            path=self.path_of_names,
            filters=tuple(sorted((filters or {}).items())),
            person=person,
            as_file=as_file,
        )
        note_opening(listed, names, self.request)

    @property
    def uid_of_names(self) -> str:
        return document_uid(self.context)

    @property
    def path_of_names(self) -> str:
        return "/".join(self.context.getPhysicalPath())
