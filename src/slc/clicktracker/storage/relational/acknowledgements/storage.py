"""The part of a storage in a database that is about acknowledgements."""

from collections.abc import Sequence
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.relational.acknowledgements.transaction import (
    AcknowledgementsTransaction,
)
from slc.clicktracker.storage.relational.asked import asked


class AcknowledgementsInDatabase:
    """The methods of ``IAcknowledgements`` for a ``RelationalStorage``."""

    def acknowledge(
        self, every: Sequence[Acknowledgement]
    ) -> tuple[Acknowledgement, ...]:
        """Record those that are new, whole or not at all; see ``IAcknowledgements``."""
        with self._writing(self.site) as connection:
            return self._within(AcknowledgementsTransaction, connection).acknowledge(
                every
            )

    acknowledgements = asked(
        AcknowledgementsTransaction, AcknowledgementsTransaction.acknowledgements
    )
