"""The sentence below a page that says what is recorded when somebody opens it."""

from html import escape
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from slc.clicktracker import _
from slc.clicktracker.doors.notice import notice_of
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.sites.public_name import css_class
from slc.clicktracker.sites.rules import is_logged_in
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


class NoticeViewlet(ViewletBase):
    """What ``notice_of`` says, and where members see what is recorded about them."""

    def render(self) -> str:
        sentences = [self._html(said) for said in notice_of(self._shown, self.request)]
        if not sentences:
            return ""
        if is_logged_in():
            sentences.append(self._link)
        css = f"small text-body-secondary mt-4 mb-3 {css_class('notice')}"
        return f'<p class="{css}">{" ".join(sentences)}</p>'

    @property
    def _shown(self) -> Any | None:
        """What the page shows, None where it is the page of something else."""
        is_shown = shown_content(self.request) is not None
        return document_of(self.context) if is_shown else None

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
