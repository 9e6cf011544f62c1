"""Content by its title, as far as the current user may see it."""

from collections.abc import Iterable
from plone import api
from slc.clicktracker import _
from slc.clicktracker.own.part import Link
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.words.addresses import view_url
from zope.i18nmessageid import Message


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

    def of(self, uid: str, known_as: str = "") -> Link | str | Message:
        """Return the content with a UID; else what it was ``known_as`` to whom it was shown."""
        return self._found.get(uid) or known_as or NOT_SEEN
