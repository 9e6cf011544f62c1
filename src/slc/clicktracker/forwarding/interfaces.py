"""What a service is that page views are forwarded to."""

from collections.abc import Sequence
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import Settlement
from typing import Protocol
from zope.interface import Attribute
from zope.interface import Interface


#: What stands for a secret where somebody reads it.
HIDDEN = "hidden"


class Sender(Protocol):
    """Sends hits to one service. It knows no site and may be used by any thread."""

    #: How many hits are claimed at once.
    batch: int

    #: Seconds that one attempt takes at most.
    seconds: int

    def send(self, hits: Sequence[Hit]) -> Settlement:
        """Send hits, the oldest first, and say what became of each. Raises nothing."""

    def preview(self, hits: Sequence[Hit]) -> str:
        """Return what would be sent, without the secret."""


class IForwardedService(Interface):
    """A service that the server can tell of page views, as a named utility: the name is
    that of its provider (``IAnalyticsProvider``)."""

    title = Attribute("How people know the service; not translated.")
    secret = Attribute(
        "A schema with one field, for the secret that sending needs or may have. It is "
        "kept apart from all other settings."
    )
    needs = Attribute("The names of the settings without which nothing can be sent.")

    def place():
        """Return where the settings of the current site say that the service is, "" where
        that is always the same: a stored secret is sent to no other place than that for
        which it was typed."""

    def door():
        """Return the ``ForwardedTo`` of the current site, None where page views are not
        forwarded."""

    def sender():
        """Return what sends hits by the settings of the current site, None where
        something is missing or page views are not forwarded."""
