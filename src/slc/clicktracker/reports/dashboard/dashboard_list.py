"""What the lists of the dashboard have in common, whatever shows them."""

from collections.abc import Mapping
from collections.abc import Sequence
from functools import cached_property
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.tracked import TrackedDocument
from typing import Any
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass


#: How many rows a page has, unless another number is asked for.
BATCH_SIZE = 25


class DashboardList:
    """A list about what is tracked in a folder, or the site, and below it, as the ``form``
    of a request asks for it.

    Of that, only what the caller may view, with the list's permission there: who may see
    the dashboard of a folder may have lost the permission further down.
    """

    #: What the caller needs for each of the documents.
    permission: str

    #: What the storage has to provide to tell what is listed.
    capabilities: tuple[InterfaceClass, ...]

    #: What is said where it doesn't.
    incapable: Message

    #: Why nothing can be said, once ``found`` was asked for.
    problem: Message | None = None

    def __init__(
        self, context: Any, form: Mapping[str, Any], size: int = BATCH_SIZE
    ) -> None:
        self.context = context
        self.form = form
        self.size = size

    @cached_property
    def documents(self) -> tuple[TrackedDocument, ...]:
        return tracked_below(self.context, self.permission)

    @cached_property
    def audiences(self) -> Audiences:
        return Audiences()

    @cached_property
    def found(self) -> Any:
        """What the storage says; None where ``problem`` says why it doesn't, or where it
        can't tell, as a storage of two methods."""
        try:
            knows = storage_with(*self.capabilities) is not None
            return self.ask() if knows else None
        except StorageError as error:
            self.problem = problem_of(error)
        return None

    def ask(self) -> Any:
        """Return what is listed. Raises ``StorageError``."""
        raise NotImplementedError

    @property
    def is_silent(self) -> bool:
        """Does the storage know nothing of what is listed?"""
        return self.found is None and self.problem is None

    @property
    def total(self) -> int:
        """How many rows the whole list has."""
        raise NotImplementedError

    @property
    def page(self) -> Sequence[Any]:
        """The rows from ``start`` on."""
        raise NotImplementedError

    @property
    def start(self) -> int:
        """The number of the first row on the page that is asked for, from 0; of the last
        page, if there are not that many."""
        return self.start_within(self.total)

    def start_within(self, total: int) -> int:
        asked = self.asked_start
        return asked if asked < total else last_start(total, self.size)

    @property
    def asked_start(self) -> int:
        return number_from(self.form.get("b_start"), 0, 0, LAST_START)

    @cached_property
    def search(self) -> str:
        text = text_from(self.form.get("search"))
        return storable(text, LIMITS["title"]).strip()
