"""The sentence and the button below what has to be acknowledged."""

from Acquisition import aq_base
from Acquisition import aq_inner
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.acknowledgements.asked import acknowledgement_setting
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.proof import page_proof
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


class AcknowledgeViewlet(ViewletBase):
    """Nothing for whoever is not asked, and on other pages than that of the content."""

    index = ViewPageTemplateFile("templates/viewlet.pt")
    form = ViewPageTemplateFile("templates/form.pt")
    localized = staticmethod(local_time)

    #: Can nobody tell at present whether it was acknowledged?
    is_unknown = False

    def render(self) -> str:
        if not is_logged_in() or not self._is_shown():
            return ""
        try:
            return self.index() if self.own.sentence else ""
        except StorageError:
            self.is_unknown = True
            return self.index()

    def _is_shown(self) -> bool:
        shown = shown_content(self.request)
        here = document_of(aq_inner(self.context))
        return shown is not None and aq_base(shown) is aq_base(here)

    @cached_property
    def own(self) -> Own:
        return Own(document_of(aq_inner(self.context)))

    @property
    def content(self) -> Any:
        return self.own.content

    @property
    def that_counts(self) -> Acknowledgement | None:
        return self.own.that_counts

    @property
    def is_attested(self) -> bool:
        return self.that_counts.kind == ATTESTED

    def version_of(self, said: Acknowledgement) -> Message | None:
        """Return what the version is called, None where it has no number: as that of a
        file."""
        if not said.version.label:
            return None
        versions = NamedVersions(dated=False)
        return versions.of(said.document.uid, said.text, said.version.label)

    @property
    def earlier(self) -> Acknowledgement | None:
        """What was acknowledged of an older version."""
        return max(self.own.standing, key=lambda each: each.at, default=None)

    @property
    def proof(self) -> str:
        return page_proof(self.content, self.request)

    @property
    def asks_password(self) -> bool:
        return acknowledgement_setting("ask_password")

    @property
    def password_error(self) -> None:
        return None

    @property
    def action(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@acknowledge-reading"
