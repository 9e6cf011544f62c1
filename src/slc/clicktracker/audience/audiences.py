"""Who is expected to read each of many documents, found out once for all alike."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Mapping
from collections.abc import Set
from dataclasses import replace
from functools import cached_property
from plone import api
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_among
from slc.clicktracker.audience.audience import DECISIVE
from slc.clicktracker.audience.audience import Everybody
from slc.clicktracker.audience.audience import everybody_on
from slc.clicktracker.audience.audience import Grounds
from slc.clicktracker.audience.audience import grounds_of
from slc.clicktracker.audience.audience import left_of_readers
from slc.clicktracker.audience.audience import live_grounds
from slc.clicktracker.audience.audience import working
from slc.clicktracker.audience.exceptions import site_day
from slc.clicktracker.audience.holders import Holders
from slc.clicktracker.audience.holders import Sharing
from slc.clicktracker.audience.members import Members
from slc.clicktracker.audience.remembered import Remembered
from slc.clicktracker.audience.remembered import remembered
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.said import all_said
from slc.clicktracker.audience.said import Said
from slc.clicktracker.sites.evidence import editors_count
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.alike import Alike
from slc.clicktracker.tracking.alike import Folders
from slc.clicktracker.tracking.alike import gives_local_roles_as_usual
from slc.clicktracker.tracking.alike import Likeness
from slc.clicktracker.tracking.alike import OncePerCharacter
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.lasting import KnownOfFolders
from slc.clicktracker.tracking.lasting import stamp
from slc.clicktracker.tracking.lasting import stamp_of_kinds
from slc.clicktracker.tracking.unchanged import Known
from typing import Any


class Audiences:
    """The audiences of this moment: made for one request and let go with it, but for what
    is ``remembered`` of members who stay the same.

    Documents of a folder mostly have the same rule, roles and exceptions; then they
    get one and the same ``Audience``. Where the same people are expected on other
    grounds, ``members`` is one and the same tuple; so is ``able``.

    ``members`` are those of the site, of whom all this is found.
    """

    def __init__(self) -> None:
        self.members = Members()
        usual = gives_local_roles_as_usual(api.portal.get()["acl_users"])
        self._alike = Alike(DECISIVE, Folders()) if usual else None
        self._sharings: dict[Likeness, Sharing] = {}
        self._roles: dict[int, Mapping[str, Set[str]]] = {}
        self._of_alike: dict[Likeness, Audience] = {}
        known = self._lasting("audiences")
        self._of_items = OncePerCharacter(self.of, self._is_certain, known, self._lasts)
        self._of_own = self._lasting("own audiences")
        self._known: dict[Grounds, Audience] = {}
        self._passing: set[int] = set()
        self._live: dict[AudienceRule, tuple[bool, ...] | None] = {}
        self._everybody: dict[Grounds, Everybody] = {}
        self._working: dict[Holders, Set[str]] = {}
        self._left: dict[tuple[int, frozenset[int]], tuple[Reader, ...]] = {}

    @cached_property
    def _remembered(self) -> Remembered:
        return remembered(self.members)

    def of(self, content: Any) -> Audience:
        """Return what ``audience_of`` does."""
        alike = None if self._alike is None else self._alike.of(content)
        if alike is None:
            return self._on(grounds_of(content))
        if document_uid(content) in self._own:
            return self._on(self._grounds(content, alike))
        if alike not in self._of_alike:
            self._of_alike[alike] = self._on(self._grounds(content, alike))
        return self._of_alike[alike]

    def of_item(self, item: Catalogued) -> Audience:
        """Return the same of something from the catalog, in less time."""
        if item.uid not in self._own:
            return self._of_items.of(item)
        key = item.folder, item.character, item.uid
        found = self._of_own.get(key)
        if found is None:
            found = self.of(item.content)
            if self._lasts(found) and self._is_of_character(item):
                self._of_own.keep(key, found)
        return found

    def _is_of_character(self, item: Catalogued) -> bool:
        return item.character is not None and self._is_certain(item.content)

    @property
    def _own(self) -> Set[str]:
        """The UIDs of what has a rule, or had an exception, of its own."""
        return self._said.uids

    @cached_property
    def _said(self) -> Said:
        return all_said()

    def _lasting(self, subject: str) -> KnownOfFolders | Known:
        """Return what is known of something that members, rules and exceptions decide, and
        the day. Nothing is known where another system is asked for members and groups, or
        for local roles."""
        if self._alike is None or not self.members.are_in_database:
            return Known()
        grounds = (
            self._remembered,
            self._said,
            editors_count(),
            api.portal.get().valid_roles(),
            site_day(),
        )
        stamps = stamp_of_kinds(), stamp("audiences", grounds)
        return KnownOfFolders(self._is_certain, subject, *stamps)

    def _lasts(self, audience: Audience) -> bool:
        """Is it of the site's own members alone, and is there room for it?"""
        return id(audience) not in self._passing

    def _is_certain(self, content: Any) -> bool:
        return self._alike is not None and self._alike.is_certain(content)

    def _grounds(self, content: Any, alike: Likeness) -> Grounds:
        if alike not in self._sharings:
            above = None if alike.is_blocked else self._above(content, alike.folder)
            self._sharings[alike] = Sharing(content, above, alike.local_roles)
        return grounds_of(content, self._sharings[alike])

    def _above(self, content: Any, folder: int) -> Mapping[str, Set[str]]:
        if folder not in self._roles:
            self._roles[folder] = self._roles_on(aq_parent(aq_inner(content)))
        return self._roles[folder]

    def _roles_on(self, item: Any) -> Mapping[str, Set[str]]:
        alike = self._alike.of(item)
        if alike is None or alike.is_blocked:
            return Sharing(item).roles
        return Sharing(item, self._above(item, alike.folder), alike.local_roles).roles

    def _on(self, grounds: Grounds) -> Audience:
        if grounds not in self._known:
            rule = grounds.rule
            if rule not in self._live:
                self._live[rule] = live_grounds(rule)
            live = self._live[rule]
            found = None if live is None else self._remembered.get((grounds, live))
            if found is None:
                found = self._found(grounds)
                if live is None or not self._remembered.keep((grounds, live), found):
                    # It is kept here, so nothing else has its id.
                    self._passing.add(id(found))
            self._known[grounds] = found
        return self._known[grounds]

    def _found(self, grounds: Grounds) -> Audience:
        """Return the audience on some grounds. Where only those who work on it or are
        excused differ, as each document has an owner, the others are found once."""
        others = replace(grounds, editors=Holders(), exceptions=())
        if others not in self._everybody:
            self._everybody[others] = self._shared(everybody_on(others, self.members))
        if grounds.editors not in self._working:
            self._working[grounds.editors] = working(grounds.editors, self.members)
        editors = self._working[grounds.editors]
        everybody = self._everybody[others]
        audience = audience_among(everybody, grounds.exceptions, editors, self._left_of)
        members = self._same(audience.members)
        all_can = audience.able is audience.members
        able = members if all_can else self._same(audience.able)
        return replace(audience, members=members, able=able)

    def _left_of(
        self, readers: tuple[Reader, ...], places: Set[int]
    ) -> tuple[Reader, ...]:
        # Those readers are kept in ``_everybody``, so nothing else has their id.
        key = id(readers), frozenset(places)
        if key not in self._left:
            self._left[key] = left_of_readers(readers, places)
        return self._left[key]

    def _shared(self, everybody: Everybody) -> Everybody:
        """Return everybody on some grounds as the very tuples that others have."""
        readers = self._same(everybody.readers)
        all_can = everybody.able is everybody.readers
        able = readers if all_can else self._same(everybody.able)
        return replace(everybody, readers=readers, able=able)

    def _same(self, readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
        return self._remembered.same(readers)
