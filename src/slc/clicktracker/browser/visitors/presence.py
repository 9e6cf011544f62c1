"""``@@clicktracker-visitors``: how many visitors there are now, for pages to show."""

from html import escape
from plone.app.layout.viewlets.common import ViewletBase
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker.reports.visitors.now import visitors_now
from slc.clicktracker.reports.visitors.now import VisitorsNow
from slc.clicktracker.sites.public_name import css_class
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tickets.visit_rules import NEVER
from slc.clicktracker.words.numbers import localized_number
from zope.component import getMultiAdapter
from zope.i18n import translate
from zope.i18nmessageid import Message


class Visitors(BrowserView):
    """People who have been active within the time that the control panel says.

    Templates and scripts that are not trusted may ask as well:
    ``context/@@clicktracker-visitors/visitors_on_site``. A number is None where it isn't
    known, or smaller than what the site wants to show.
    """

    def __call__(self) -> str:
        """Return both numbers in a sentence, "" where there is nothing to say."""
        said = self.in_words()
        return translate(said, context=self.request) if said else ""

    @property
    def visitors_on_site(self) -> int | None:
        """Return how many people there are on the site."""
        return self._now().on_site

    @property
    def visitors_on_page(self) -> int | None:
        """Return how many people have this page as their last one."""
        return self._now().on_page

    @property
    def are_recorded(self) -> bool:
        """Does the site record visits?"""
        return visit_rules("") is not None

    def in_words(self) -> Message | None:
        """Return both numbers in a sentence, None where one of them isn't shown."""
        on_page, on_site = self._now()
        if on_page is None or on_site is None:
            return None
        numbers = {"page": localized_number(on_page), "site": localized_number(on_site)}
        if visitor_setting("guest_cookie") == NEVER:
            return _(
                "On this page now: ${page} of ${site} members on the site.",
                mapping=numbers,
            )
        return _(
            "On this page now: ${page} of ${site} visitors on the site.",
            mapping=numbers,
        )

    def _now(self) -> VisitorsNow:
        return visitors_now(self.context, self.request)


def visitors_in_words(context, request) -> str:
    """Return the sentence about the visitors of a page, "" without one."""
    return getMultiAdapter((context, request), name="clicktracker-visitors")()


class PresenceViewlet(ViewletBase):
    """The sentence below a page. Hidden at first: ``@@manage-viewlets`` shows it."""

    def render(self) -> str:
        said = visitors_in_words(self.context, self.request)
        if not said:
            return ""
        return f'<p class="{css_class("presence")}">{escape(said)}</p>'
