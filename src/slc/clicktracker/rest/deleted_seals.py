"""``@deleted-seals``: the sealed reports of what is not there any more."""

from AccessControl import Unauthorized
from collections.abc import Callable
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.deleted import deleted_seal
from slc.clicktracker.reports.deleted import deleted_seals
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.rest.seals import GetSeals
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.openings import SEAL
from typing import Any


class GetDeletedSeals(GetSeals):
    """As ``@seals``, with what each is about. ``uid`` is that of one document."""

    def answer(self) -> dict[str, Any]:
        if not may_see_deleted():
            raise Unauthorized
        return super().answer()

    files = "clicktracker-deleted-seal"

    def screen(self, made: Callable[[Any, Any], dict[str, Any]]) -> dict[str, Any]:
        """Return nothing: that of one document says something else."""
        return {}

    @property
    def seals(self) -> list[Seal]:
        uid = text_from(self.request.form.get("uid"))
        return [each for each in deleted_seals() if uid in ("", each.uid)]

    def seal_with(self, number: int) -> Seal | None:
        return deleted_seal(number)

    def note_file(self, seal: Seal) -> None:
        listed = NamedList(SEAL, seal.uid, seal.document.path, as_file=REST)
        note_opening(listed, 0, self.request)

    def told(self, seal: Seal) -> dict[str, Any]:
        return {
            **super().told(seal),
            "uid": seal.uid,
            "title": seal.document.title,
            "address": address_in_site(seal.document),
        }
