"""``Watch``: the second thread, which never waits for a storage."""

from collections.abc import Callable
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.spools import Spools
from slc.clicktracker.collector.status import ProcessStatus
from slc.clicktracker.once_a_minute import OnceAMinute
from threading import Event
from threading import Thread

import logging
import time


logger = logging.getLogger("slc.clicktracker")

#: Seconds between two looks; what a power cut may cost.
PULSE = 1.0

#: Seconds without a look after which there is nobody who looks.
_DEAD = 15


class Watch:
    """Takes notes to the spool and syncs the spools to the disk each second, begins
    another one where their files were deleted, publishes the status, and says in the log when reads are not stored for too long.

    The writer can't do that: it may be waiting for a database that hangs.
    """

    def __init__(
        self,
        spools: Spools,
        spool_notes: Callable[[], None],
        status: Callable[[], ProcessStatus],
        stopping: Event,
    ) -> None:
        self._spools = spools
        self._spool_notes = spool_notes
        self._status = status
        self._stopping = stopping
        self._said = OnceAMinute()
        self._beat = time.monotonic()
        self.thread = Thread(target=self._run, name="clicktracker-watch", daemon=True)

    @property
    def is_alive(self) -> bool:
        """Has it looked lately? Where threads stand still it has not."""
        return time.monotonic() - self._beat < _DEAD and self.thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.wait(PULSE):
            self._beat = time.monotonic()
            try:
                self._rescue()
                self._spool_notes()
                self._sync()
                self._look()
            except Exception:
                # Without this thread nothing would be accepted any more.
                if self._said.is_due("bug"):
                    logger.exception("The state of the collector can't be told")

    def _rescue(self) -> None:
        try:
            self._spools.rescue()
        except SpoolUnavailable as error:
            if self._said.is_due("rescue"):
                logger.error(
                    "The files of a spool were deleted, and there can't be another "
                    "one: no read is accepted. %s",
                    error,
                )

    def _sync(self) -> None:
        try:
            self._spools.sync()
        except SpoolUnavailable as error:
            if self._said.is_due("sync"):
                logger.error(
                    "The disk of the spool fails, a power cut would lose reads: %s",
                    error,
                )

    def _look(self) -> None:
        status = self._status()
        self._alarm(status)
        try:
            self._spools.publish(status.to_json())
        except OSError as error:
            if self._said.is_due("publish"):
                logger.error("Other processes can't see how this one is: %s", error)

    def _alarm(self, status: ProcessStatus) -> None:
        for site, state in status.sites.items():
            if state.is_stalled(status.at) and self._said.is_due(site):
                logger.error(
                    "%s reads of site %s wait since %s and are not stored: %s",
                    state.spooled,
                    site,
                    state.oldest,
                    state.problem or "the storage does not answer",
                )
