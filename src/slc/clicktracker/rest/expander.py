"""What other frontends get with content: the expander ``clicktracker``, and the service
``@clicktracker`` that says the same later, without tickets."""

from Acquisition import aq_base
from plone import api
from plone.dexterity.interfaces import IDexterityContent
from plone.restapi.interfaces import IExpandableElement
from slc.clicktracker import logger
from slc.clicktracker.doors.kept_from_caches import keep_from_caches
from slc.clicktracker.doors.kept_from_caches import vary_by_log_in
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.reports.problems import UNKNOWN
from slc.clicktracker.rest.own_page import OwnPage
from slc.clicktracker.rest.service import ReportService
from slc.clicktracker.sites.rules import is_logged_in
from typing import Any
from ZODB.POSException import ConflictError
from zope.component import adapter
from zope.interface import implementer


#: Its name in ``@components``.
NAME = "clicktracker"

_said = OnceAMinute()


@implementer(IExpandableElement)
@adapter(IDexterityContent, IClickTrackerLayer)
class OwnPageElement:
    """Expanded only in the JSON of the content that a request shows: neither in a listing
    nor in a search."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context
        self.request = request

    def __call__(self, expand: bool = False) -> dict[str, dict[str, Any]]:
        known = {"@id": f"{self.context.absolute_url()}/@{NAME}"}
        if expand and self._is_shown:
            known |= self._expanded()
        return {NAME: known}

    @property
    def _is_shown(self) -> bool:
        shown, here = shown_content(self.request), document_of(self.context)
        return shown is not None and aq_base(shown) is aq_base(here)

    def _expanded(self) -> dict[str, Any]:
        """Whatever is wrong with it, the content goes out."""
        self._keep_from_caches()
        try:
            return OwnPage(self.context, self.request).as_shown
        except ConflictError:
            raise
        except Exception as error:
            if _said.is_due(NAME):
                logger.exception("A page is shown without its tracker: %s", error)
            return {"tracked": None, "problem": api.portal.translate(UNKNOWN)}

    def _keep_from_caches(self) -> None:
        vary_by_log_in(self.request)
        if is_logged_in():
            keep_from_caches(self.request)


class SameByOtherName(OwnPageElement):
    """What it can be asked for by as well: lists of content blockers take offence at its
    name in an address, and this one is that of the content itself."""

    def __call__(self, expand: bool = False) -> dict[str, dict[str, Any]]:
        return super().__call__(expand) if expand else {}


class GetOwnPage(ReportService):
    """Answers with what the expander says, for the content as it is now and without
    tickets: the page was not shown by this request."""

    def answer(self) -> dict[str, Any]:
        return {"@id": self.url, **OwnPage(self.context, self.request).as_known}
