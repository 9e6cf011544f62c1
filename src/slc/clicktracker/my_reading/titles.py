"""Content by its title, as far as the current user may see it."""

from collections.abc import Iterable
from plone import api
from slc.clicktracker import _
from slc.clicktracker.my_reading.part import Link
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.words.addresses import view_url
from zope.i18nmessageid import Message


#: Of a fingerprint: enough to tell a few from each other.
_FEW_DIGITS = 8

NOT_SEEN = _("Content that you can't see now")


class Titles:
    """The titles of content with some UIDs."""

    def __init__(self, uids: Iterable[str]) -> None:
        catalog, portal = api.portal.get_tool("portal_catalog"), api.portal.get()
        asked = [uid for uid in dict.fromkeys(uids) if uid]
        # Content that all languages share is indexed with the language behind its UID.
        codes = api.portal.get_tool("portal_languages").getSupportedLanguages()
        every = [*asked, *(f"{uid}-{code}" for uid in asked for code in codes)]
        brains = catalog.searchResults(UID=every, show_inactive=True) if every else ()
        self._found = {
            item.uid: Link(item.title or item.uid, view_url(item.brain))
            for item in allowed(brains, "View")
        }
        site = Link(portal.Title(), portal.absolute_url())
        self._found.setdefault(document_uid(portal), site)
        self._versions = NamedVersions(dated=False)

    def of(self, uid: str, known_as: str = "") -> Link | str | Message:
        """Return the content with a UID; else what it was ``known_as`` to whom it was shown."""
        return self._found.get(uid) or known_as or NOT_SEEN

    def version_of(self, uid: str, version: Version) -> Message:
        """Return what a version of it is called."""
        if version.digest and not version.label:
            # As that of a file. When others have got it is nobody's business here.
            return _(
                "Fingerprint ${digest}",
                mapping={"digest": version.digest[:_FEW_DIGITS]},
            )
        return self._versions.of(uid, text_key(version), version.label)
