"""Who is expected to read each of many documents, found out once for all alike."""

from collections.abc import Hashable
from dataclasses import replace
from plone import api
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_on
from slc.clicktracker.audience.audience import DECISIVE
from slc.clicktracker.audience.audience import Grounds
from slc.clicktracker.audience.audience import grounds_of
from slc.clicktracker.audience.audience import without
from slc.clicktracker.audience.audience import working
from slc.clicktracker.audience.exceptions import uids_with_exceptions
from slc.clicktracker.audience.holders import Holders
from slc.clicktracker.audience.members import Members
from slc.clicktracker.audience.rules import uids_with_rules
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.alike import Alike
from slc.clicktracker.tracking.alike import Folders
from slc.clicktracker.tracking.alike import gives_local_roles_as_usual
from typing import Any


class Audiences:
    """The audiences of this moment: made for one request and let go with it.

    Documents of a folder mostly have the same rule, roles and exceptions; then they
    get one and the same ``Audience``. Where the same people are expected on other
    grounds, ``members`` is one and the same tuple; so is ``able``.
    """

    def __init__(self) -> None:
        self._members = Members()
        self._own = uids_with_rules(), uids_with_exceptions()
        usual = gives_local_roles_as_usual(api.portal.get()["acl_users"])
        self._alike = Alike(DECISIVE, Folders()) if usual else None
        self._of_alike: dict[Hashable, Audience] = {}
        self._known: dict[Grounds, Audience] = {}
        self._with_editors: dict[Grounds, tuple[Audience, frozenset[str]]] = {}
        self._without: dict[tuple[int, frozenset[str]], Audience] = {}
        self._working: dict[Holders, frozenset[str]] = {}
        self._readers: dict[tuple[Reader, ...], tuple[Reader, ...]] = {}

    def of(self, content: Any) -> Audience:
        """Return what ``audience_of`` does."""
        alike = self._like(content)
        if alike is None:
            return self._on(grounds_of(content))
        if alike not in self._of_alike:
            self._of_alike[alike] = self._on(grounds_of(content))
        return self._of_alike[alike]

    def _like(self, content: Any) -> Hashable:
        """Return a value that is equal for content with the same grounds; None where
        that isn't certain, or where it has a rule or exceptions of its own."""
        if self._alike is None:
            return None
        uid = document_uid(content)
        if any(uid in uids for uids in self._own):
            return None
        return self._alike.of(content)

    def _on(self, grounds: Grounds) -> Audience:
        if grounds not in self._known:
            self._known[grounds] = self._found(grounds)
        return self._known[grounds]

    def _found(self, grounds: Grounds) -> Audience:
        """Return the audience on some grounds. Where only those who work on it differ,
        as each document has an owner, the others are found once."""
        others = replace(grounds, editors=Holders())
        if others not in self._with_editors:
            found = self._shared(audience_on(others, self._members))
            own = frozenset(each.user for each in found.members if not each.folder)
            self._with_editors[others] = found, own
        audience, own = self._with_editors[others]
        left_out = own & self._working_by(grounds.editors)
        key = id(audience), left_out
        if key not in self._without:
            self._without[key] = self._shared(without(audience, left_out))
        return self._without[key]

    def _working_by(self, editors: Holders) -> frozenset[str]:
        if editors not in self._working:
            self._working[editors] = frozenset(working(editors, self._members))
        return self._working[editors]

    def _shared(self, audience: Audience) -> Audience:
        """Return an audience with the very tuples that others have."""
        members = self._same(audience.members)
        all_can = audience.able is audience.members
        able = members if all_can else self._same(audience.able)
        return replace(audience, members=members, able=able)

    def _same(self, readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
        return self._readers.setdefault(readers, readers)
