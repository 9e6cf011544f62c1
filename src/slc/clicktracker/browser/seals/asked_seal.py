"""``SealsOf``: of what a view shows seals; ``OfContent`` and ``OfDeleted``."""

from AccessControl import Unauthorized
from plone import api
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.deleted import deleted_seal
from slc.clicktracker.reports.deleted import deleted_seals
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.chain import seal_with
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.sites.uids import document_uid
from typing import Any
from zExceptions import NotFound


_LARGEST = 2**62


class SealsOf:
    """Mix-in for views: who may see seals, and which ones there are."""

    context: Any
    request: Any

    #: How the names of the views begin.
    prefix: str

    def refuse(self) -> None:
        """Raise ``Unauthorized`` for who may not see the seals."""
        raise NotImplementedError

    @property
    def seals(self) -> list[Seal]:
        """All of them, the latest first."""
        raise NotImplementedError

    def _with(self, number: int) -> Seal | None:
        raise NotImplementedError

    @property
    def asked_seal(self) -> Seal:
        """The seal with the number in a form. Raises ``NotFound``."""
        number = number_from(self.request.form.get("number"), 0, 0, _LARGEST)
        seal = self._with(number)
        if seal is None:
            raise NotFound("number")
        return seal

    def url_of(self, view: str) -> str:
        """Return the address of one of the views, by the end of its name."""
        return f"{self.context.absolute_url()}/@@{self.prefix}{view}"

    def seal_url(self, view: str, seal: Seal) -> str:
        return f"{self.url_of(view)}?number={seal.number}"


class OfContent(SealsOf):
    """Those of the context alone: whoever may see readers here may not see those of
    something else."""

    prefix = "clicktracker-seal"

    def refuse(self) -> None:
        refuse_what_is_hidden(self.context)

    @property
    def seals(self) -> list[Seal]:
        return seals_of(document_uid(self.context))

    def _with(self, number: int) -> Seal | None:
        seal = seal_with(number)
        is_here = seal is not None and seal.uid == document_uid(self.context)
        return seal if is_here else None


class OfDeleted(SealsOf):
    """Those of all that is not in the site any more, for who may know of that."""

    prefix = "clicktracker-deleted-seal"

    def refuse(self) -> None:
        if not may_see_deleted():
            raise Unauthorized

    @property
    def seals(self) -> list[Seal]:
        return deleted_seals()

    def _with(self, number: int) -> Seal | None:
        return deleted_seal(number)

    @property
    def uid_of_names(self) -> str:
        return self.asked_seal.uid

    @property
    def path_of_names(self) -> str:
        return self.asked_seal.document.path

    @property
    def deleted_url(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@clicktracker-deleted"
