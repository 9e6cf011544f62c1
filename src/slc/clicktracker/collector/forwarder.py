"""``Forwarder``: the thread that brings what is in the outboxes to the services."""

from collections.abc import Callable
from collections.abc import Mapping
from slc.clicktracker.forwarding.drain import Drain
from slc.clicktracker.forwarding.drain import Drained
from slc.clicktracker.forwarding.interfaces import Sender
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.storage.errors import StorageError
from threading import Event
from threading import Lock
from threading import Thread
from typing import NamedTuple

import logging
import time


logger = logging.getLogger("slc.clicktracker")

#: Seconds between two looks into the outboxes.
LOOK = 10

#: Seconds for which the settings are believed, after Plone has told them.
TRUSTED = 60.0

#: Seconds between two removals of what is old.
_TIDY = 3600.0


class _Told(NamedTuple):
    senders: Mapping[str, Sender]
    until: float


class Forwarder:
    """Sends for as long as Plone has told how, site by site, in one thread of its own: a
    service that is slow keeps nobody else waiting.

    The thread is started when there is something to be forwarded to. ``recorder_of`` says
    which storage a site has, ``clock`` counts seconds.
    """

    def __init__(
        self,
        recorder_of: Callable[[str], IAccessRecorder | None],
        stopping: Event,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.thread = Thread(target=self._forward, name="clicktracker-forwarder")
        self.thread.daemon = True
        self._recorder_of = recorder_of
        self._stopping = stopping
        self._clock = clock
        self._told: dict[str, _Told] = {}
        self._tidied: dict[str, float] = {}
        self._lock = Lock()
        self._wake = Event()
        self._said = OnceAMinute(clock)

    def tell(self, site: str, senders: Mapping[str, Sender]) -> None:
        """This is how the page views of a site are sent now, to services by name."""
        if not senders and site not in self._told:
            return
        with self._lock:
            if not senders:
                self._told.pop(site, None)
                return
            self._told[site] = _Told(senders, self._clock() + TRUSTED)
            if self.thread.ident is None and not self._stopping.is_set():
                self.thread.start()

    def wake(self) -> None:
        """Look into the outboxes now."""
        self._wake.set()

    def forward(self) -> None:
        """Send what can be sent now; the thread does that by itself."""
        for site, told in list(self._told.items()):
            for service, sender in told.senders.items():
                try:
                    self._forward_to(site, service, sender)
                except StorageError as error:
                    self._complain(site, service, str(error))
                except Exception:
                    logger.exception("Forwarding from %s to %s fails", site, service)

    def _forward_to(self, site: str, service: str, sender: Sender) -> None:
        outbox = self._recorder_of(site)
        if not IOutbox.providedBy(outbox):
            return

        def go_on() -> bool:
            return not self._stopping.is_set() and self._is_told(site, service, sender)

        drain = Drain(outbox, service, sender)
        drained = drain.run(go_on)
        if drained.problem:
            self._complain(site, service, _said(drained))
        elif drained.counted and self._said.forget(f"{site} {service}"):
            logger.info("Page views of site %s reach %s again.", site, service)
        if self._clock() - self._tidied.get(site, float("-inf")) >= _TIDY:
            self._tidied[site] = self._clock()
            drain.tidy(go_on)

    def _is_told(self, site: str, service: str, sender: Sender) -> bool:
        """Do the settings still say so, as far as is known?"""
        told = self._told.get(site)
        return (
            told is not None
            and self._clock() < told.until
            and told.senders.get(service) == sender
        )

    def _complain(self, site: str, service: str, reason: str) -> None:
        if self._said.is_due(f"{site} {service}"):
            logger.warning(
                "Page views of site %s are not forwarded to %s now: %s. They are kept; "
                "see Site Setup, ClickTracker Settings.",
                site,
                service,
                reason,
            )

    def _forward(self) -> None:
        while not self._stopping.is_set():
            self.forward()
            self._wake.wait(LOOK)
            self._wake.clear()


def _said(drained: Drained) -> str:
    return (
        f"{drained.problem} ({drained.detail})" if drained.detail else drained.problem
    )
