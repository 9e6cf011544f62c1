"""Who is expected to read each of many documents, found out once for all alike."""

from dataclasses import replace
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_on
from slc.clicktracker.audience.audience import Grounds
from slc.clicktracker.audience.audience import grounds_of
from slc.clicktracker.audience.audience import without_editors
from slc.clicktracker.audience.holders import Holders
from slc.clicktracker.audience.members import Members
from slc.clicktracker.storage.model import Reader
from typing import Any


class Audiences:
    """The audiences of this moment: made for one request and let go with it.

    Documents of a folder mostly have the same rule, roles and exceptions; then they
    get one and the same ``Audience``. Where the same people are expected on other
    grounds, ``members`` is one and the same tuple; so is ``able``.
    """

    def __init__(self) -> None:
        self._members = Members()
        self._known: dict[Grounds, Audience] = {}
        self._with_editors: dict[Grounds, Audience] = {}
        self._readers: dict[tuple[Reader, ...], tuple[Reader, ...]] = {}

    def of(self, content: Any) -> Audience:
        """Return what ``audience_of`` does."""
        grounds = grounds_of(content)
        if grounds not in self._known:
            audience = self._found(grounds)
            members = self._same(audience.members)
            all_can = audience.able is audience.members
            able = members if all_can else self._same(audience.able)
            self._known[grounds] = replace(audience, members=members, able=able)
        return self._known[grounds]

    def _same(self, readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
        return self._readers.setdefault(readers, readers)

    def _found(self, grounds: Grounds) -> Audience:
        """Return the audience on some grounds. Where only those who work on it differ,
        as each document has an owner, the others are found once."""
        others = replace(grounds, editors=Holders())
        if others not in self._with_editors:
            self._with_editors[others] = audience_on(others, self._members)
        audience = self._with_editors[others]
        return without_editors(audience, grounds.editors, self._members)
