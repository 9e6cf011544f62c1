"""What a storage may know of acknowledgements."""

from collections.abc import Sequence
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.capabilities.readings import IReadingLists


class IAcknowledgements(IReadingLists):
    """Capability: keep who has acknowledged which version, and for whom somebody vouches.

    It is evidence, so nothing of it is changed or removed, but with the reader: each is one
    more row. The last one of a kind about a reader and a text decides whether that stands.
    What stands is a reading in every answer, at whatever level is asked for, also where
    nothing else is known; see ``storage.model.Reading``.
    """

    def acknowledge(every: Sequence[Acknowledgement]) -> tuple[Acknowledgement, ...]:
        """Record a sequence of ``storage.acknowledgements.model.Acknowledgement``, whole or
        not at all, and return a tuple of those that are new.

        Left out is what changes nothing: one whose key is known, one that says what stands
        already, and one that withdraws what doesn't stand. Two at the same time are no
        exception. Called within a request. Raises ``StorageError``.
        """

    def acknowledgements(query: AcknowledgementQuery) -> tuple[Acknowledgement, ...]:
        """Return all that match an ``AcknowledgementQuery``, in the order in which they were
        recorded: also those that don't stand any more.

        Documents and readers have the titles and names that are known now. ``by`` is empty
        where whoever vouched was forgotten.
        """
