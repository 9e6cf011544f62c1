"""The sentence below a page that says what is recorded when somebody opens it."""

from collections.abc import Iterator
from html import escape
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from slc.clicktracker import _
from slc.clicktracker.doors.page_ticket import is_counted
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.doors.visit_ticket import is_visitor
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.privacy import privacy_setting
from slc.clicktracker.sites.public_name import css_class
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tracking.choice import tracking_of
from zope.i18n import translate
from zope.i18nmessageid import Message


class NoticeViewlet(ViewletBase):
    """Nothing in it depends on the visitor but whether somebody is logged in: caches share
    the pages of guests."""

    def render(self) -> str:
        if not privacy_setting("shows_notice"):
            return ""
        sentences = [self._html(said) for said in self._said()]
        if not sentences:
            return ""
        if is_logged_in():
            sentences.append(self._link)
        css = f"small text-body-secondary mt-4 mb-3 {css_class('notice')}"
        return f'<p class="{css}">{" ".join(sentences)}</p>'

    def _said(self) -> Iterator[Message | str]:
        if self._is_tracked:
            yield self._of_tracked
        if IContentIsIgnored.providedBy(self.request) or visit_rules("") is None:
            return
        if is_logged_in():
            if is_visitor():
                yield _("The site records by name which pages you look at.")
        else:
            yield _("The site records which pages are looked at.")

    @property
    def _of_tracked(self) -> Message | str:
        if not is_logged_in():
            return _("The site counts how often this page is opened, without names.")
        return (privacy_setting("notice") or "").strip() or _(
            "The site records by name who opens this page, when, and how far they read."
        )

    @property
    def _is_tracked(self) -> bool:
        shown, here = shown_content(self.request), document_of(self.context)
        if shown is None or here is None:
            return False
        if is_file(here):
            # Its page is not counted, but who downloads it is noted.
            is_noted = is_logged_in() and tracking_of(here).tracked
            return is_noted and is_recording()
        return is_counted(here, self.request)

    def _html(self, said: Message | str) -> str:
        lines = escape(translate(said, context=self.request)).splitlines()
        return "<br/>".join(line for line in lines if line.strip())

    @property
    def _link(self) -> str:
        url = escape(f"{api.portal.get().absolute_url()}/@@my-reading")
        title = escape(
            translate(_("See what is recorded about you"), context=self.request)
        )
        return f'<a href="{url}">{title}</a>'
