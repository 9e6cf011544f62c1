"""``Place``: content whose readers are asked for, and what is below it."""

from collections.abc import Iterable
from functools import cached_property
from plone import api
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.tracked import can_be_read
from slc.clicktracker.versions.standing import documents_standing_for
from slc.clicktracker.versions.standing import Standing
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.standing import texts_of_each
from slc.clicktracker.versions.standing import texts_of_items
from slc.clicktracker.versions.visible import visible_version
from typing import Any


class Place:
    """Content and what is below it whose readers the current user may see.

    For a single document also those of its translations, where reading any counts.
    """

    def __init__(self, content: Any) -> None:
        self.content = content
        self.path = "/".join(content.getPhysicalPath())

    @property
    def uid(self) -> str:
        return document_uid(self.content)

    @property
    def title(self) -> str:
        return self.content.Title()

    @property
    def address(self) -> str:
        """Where the content is."""
        return self.content.absolute_url()

    @property
    def version(self) -> Version:
        """The version that the content is in now."""
        return visible_version(self.content)

    @cached_property
    def documents(self) -> dict[str, Catalogued]:
        """All that the catalog knows, by UID."""
        return self._below | self.translations

    @cached_property
    def _below(self) -> dict[str, Catalogued]:
        """The content itself and what is below it."""
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog.searchResults(path=self.path, show_inactive=True)
        return {item.uid: item for item in allowed(brains, VIEW_READERS)}

    @cached_property
    def uids(self) -> tuple[str, ...]:
        return tuple({self.uid: None, **self.documents})

    @cached_property
    def is_single(self) -> bool:
        """Is this one document, with nothing below it that the user may see?

        A folder is none, also while it is empty, unless it has a text of its own.
        """
        if self._below.keys() - {self.uid}:
            return False
        return can_be_read(self.content)

    @cached_property
    def standing(self) -> Standing:
        """What stands for a single document, whoever may see that."""
        return standing_of(self.content)

    @cached_property
    def _uids_standing(self) -> tuple[str, ...]:
        """The documents of ``standing``: for its texts files may have to be read."""
        content = self.content
        return (self.uid,) if content is None else documents_standing_for(content)

    @cached_property
    def translations(self) -> dict[str, Catalogued]:
        """The translations whose readers are listed as well."""
        if not self.is_single:
            return {}
        catalog = api.portal.get_tool("portal_catalog")
        others = list(self._uids_standing[1:])
        brains = catalog.unrestrictedSearchResults(UID=others) if others else ()
        return {item.uid: item for item in allowed(brains, VIEW_READERS)}

    def texts_of(self, uids: Iterable[str]) -> dict[str, tuple[str, ...] | None]:
        """Return by UID which texts of each document count as its current one: none
        where it is known by nothing, None where they are not known yet."""
        asked = list(uids)
        new = [uid for uid in dict.fromkeys(asked) if uid not in self._texts]
        if new:
            self._texts |= dict.fromkeys(new, ()) | self._texts_found(new)
        return {uid: self._texts[uid] for uid in asked}

    def _texts_found(self, uids: list[str]) -> dict[str, tuple[str, ...] | None]:
        """Return the same for what is there."""
        items = {uid: self.documents[uid] for uid in uids if uid in self.documents}
        found = dict(zip(items, texts_of_items(items.values()), strict=True))
        if self.uid in uids and self.uid not in items and self.content is not None:
            found[self.uid] = texts_of_each([self.content])[0]
        return found

    @cached_property
    def _texts(self) -> dict[str, tuple[str, ...] | None]:
        """What was found already."""
        return {}

    def content_of(self, uid: str) -> Any:
        """Return the document with this UID, None for one that is gone."""
        if uid == self.uid:
            return self.content
        item = self.documents.get(uid)
        return None if item is None else item.content

    @property
    def hides_translations(self) -> bool:
        """Are there translations that stand for a single document, but whose readers
        the current user must not know of?"""
        return self.is_single and len(self.uids) < len(self._uids_standing)

    @property
    def is_complete(self) -> bool:
        """Is there nothing below that the current user must not know of?"""
        catalog = api.portal.get_tool("portal_catalog")
        everything = catalog.unrestrictedSearchResults(path=self.path)
        return len(self._below) == len(everything)
