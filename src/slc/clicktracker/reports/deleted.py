"""Documents that were read and are not in the site any more."""

from Acquisition import aq_base
from collections.abc import Iterable
from functools import cached_property
from plone import api
from Products.CMFCore.indexing import processQueue
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.place import Place
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.chain import seal_with
from slc.clicktracker.seals.chain import sealed_uids
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.versions.standing import Standing


#: What is gone has no place of its own where permissions could be asked for: who knows
#: of it has all of these in the whole site.
_PERMISSIONS = ("View", MANAGE_TRACKING, VIEW_READERS)

#: What a storage has to provide to tell of what is deleted: which documents there were,
#: and the list of the readers of each.
CAPABILITIES = (IReadDocuments, IReadingLists)


class DeletedPlace(Place):
    """A document of which there is nothing but what was recorded."""

    def __init__(self, document: Document) -> None:
        self.content = None
        self.path = document.path
        self._document = document

    @property
    def uid(self) -> str:
        return self._document.uid

    @property
    def title(self) -> str:
        return self._document.title or self.address

    @property
    def address(self) -> str:
        """Where it was in the site when it was last read."""
        return address_in_site(self._document)

    @property
    def version(self) -> Version:
        """It has no version now."""
        return Version()

    @cached_property
    def standing(self) -> Standing:
        """The text that was delivered last stands for it. Raises ``StorageError``."""
        texts = site_storage().texts((self.uid,))
        return Standing((self.uid,), tuple(each.text for each in texts[:1]))

    @property
    def _below(self) -> dict:
        return {}


def may_see_deleted() -> bool:
    """May the current user know what is deleted, and who has read it?"""
    site = api.portal.get()
    return all(api.user.has_permission(each, obj=site) for each in _PERMISSIONS)


def deleted_documents() -> list[ReadDocument]:
    """Return all that somebody has opened or downloaded, the latest first.

    The storage has to provide ``CAPABILITIES``. Raises ``StorageError`` when it can't
    answer.
    """
    storage = site_storage()
    read = storage.read_documents(tuple(_not_catalogued(storage.document_uids())))
    return [each for each in read if not _is_at_its_path(each.document)]


def deleted_place(uid: str) -> DeletedPlace | None:
    """Return the deleted document with a UID; None where nobody has read it, or it is
    in the site, whoever may see it there. As for ``deleted_documents``."""
    # What the storage calls it is looked for in the site: it may have been asked for
    # by a UID that only the storage takes for the same.
    documents = [each.document for each in site_storage().read_documents((uid,))]
    uids = _not_catalogued(each.uid for each in documents)
    deleted = (d for d in documents if d.uid in uids and not _is_at_its_path(d))
    return next(map(DeletedPlace, deleted), None)


def deleted_seals() -> list[Seal]:
    """Return the seals of all that is deleted, the latest first, whether or not somebody is
    known to have read it."""
    seals = seals_of(*_not_catalogued(sealed_uids()))
    return [each for each in seals if not _is_at_its_path(each.document)]


def deleted_seal(number: int) -> Seal | None:
    """Return the seal with a number, None where there is none, or what it is about is in
    the site."""
    seal = seal_with(number)
    if seal is None or not _not_catalogued([seal.uid]):
        return None
    return None if _is_at_its_path(seal.document) else seal


def address_in_site(document: Document) -> str:
    """Return where a document was recorded, with a leading slash."""
    site = "/".join(api.portal.get().getPhysicalPath())
    is_below = f"{document.path}/".startswith(f"{site}/")
    return document.path.removeprefix(site) if is_below else document.path


def _not_catalogued(uids: Iterable[str]) -> set[str]:
    """Return those UIDs that nothing in the catalog has, whoever may see it."""
    processQueue()
    missing = set(uids)
    missing -= _indexed(missing)
    # What all languages share is indexed in each of them.
    codes = api.portal.get_tool("portal_languages").getSupportedLanguages()
    shared = {f"{uid}-{code}": uid for uid in missing for code in codes}
    return missing - {shared[each] for each in _indexed(shared)}


def _indexed(uids: Iterable[str]) -> set[str]:
    """Return those that the catalog has. Its index tells that by itself: no content is
    loaded, and neither is the metadata of the catalog."""
    index = api.portal.get_tool("portal_catalog").Indexes["UID"]
    numbers, _names = index._apply_index({"UID": {"query": list(uids)}})
    keys = index.documentToKeyMap()
    return {keys[number] for number in numbers}


def _is_at_its_path(document: Document) -> bool:
    """Is it where it was last read, although the catalog doesn't know it?"""
    item = api.portal.get()
    for name in filter(None, address_in_site(document).split("/")):
        # Not by traversal, which would look for views and elsewhere first.
        item = item._getOb(name, None) if hasattr(aq_base(item), "_getOb") else None
    return storable(document_uid(item), LIMITS["uid"]) == document.uid
