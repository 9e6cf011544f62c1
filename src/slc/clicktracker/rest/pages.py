"""Pages of lists that the storage has cut, as plone.restapi describes them."""

from plone.restapi.batching import HypermediaBatch
from slc.clicktracker.browser.batches import batch_of
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


class Pages(HypermediaBatch):
    """The page from ``start`` on, of a list with ``total`` entries in all."""

    def __init__(
        self, request: IBrowserRequest, total: int, start: int, size: int
    ) -> None:
        # Not that of plone.restapi, which takes both from the request as they are: a list
        # has bounds for them.
        self.request = request
        self.b_start, self.b_size = start, size
        self.batch = batch_of([], total, size, start)

    @property
    def described(self) -> dict[str, Any]:
        """Where the list is, how many entries it has, and where its other pages are."""
        links = self.links
        return {
            "@id": self.canonical_url,
            "items_total": self.items_total,
            **({"batching": links} if links else {}),
        }
