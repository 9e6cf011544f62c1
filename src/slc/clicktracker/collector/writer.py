"""``Writer``: brings what is in the spools to the storages."""

from collections.abc import Callable
from collections.abc import Sequence
from slc.clicktracker.collector.backoff import BackOff
from slc.clicktracker.collector.counters import Counters
from slc.clicktracker.collector.counters import STORED
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.spool_line import Unpacked
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.collector.spool_line import UnreadableRecord
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.interfaces import IReaderSets
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import UnstorableData

import logging
import time


logger = logging.getLogger("slc.clicktracker")

#: Accesses that are recorded at once. A batch takes as many statements whatever is in it,
#: and each visitor of it is looked at once.
BATCH = 5000

#: Seconds after which what is derived of readings is brought up to date again. Who asks
#: for something does so before, if need be.
CATCH_UP = 30.0

#: Says which storage records the accesses of a site, None while nobody knows.
RecorderOf = Callable[[str], IAccessRecorder | None]


class Writer:
    """Drains spools, batch by batch, each site into its own storage.

    A batch is removed from the spool only after the storage has committed it. If
    the process ends between the two it is recorded once more, which the keys of
    the accesses make harmless. A storage that fails is left alone for a
    while, the others go on.
    """

    def __init__(
        self,
        recorder_of: RecorderOf,
        quarantine: Quarantine,
        counters: Counters,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._recorder_of = recorder_of
        self._quarantine = quarantine
        self._counters = counters
        self._back_off = BackOff(clock)
        self._warnings = OnceAMinute(clock)
        self._clock = clock
        #: Sites of which something was recorded since they caught up, and when they did.
        self._behind: set[str] = set()
        self._caught_up: dict[str, float] = {}
        #: What went wrong last, by site; nothing where it went well since.
        self.problems: dict[str, str] = {}

    def drain(self, spools: Sequence[Spool], go_on: Callable[[], bool]) -> None:
        """Record what is in the spools, until nothing is left that can be
        recorded now, or ``go_on`` says no."""
        for spool in spools:
            for site in spool.sites():
                while self._is_due(spool, site) and go_on():
                    if not self._drain_batch(spool, site):
                        break
        self._catch_up(go_on)

    def _catch_up(self, go_on: Callable[[], bool]) -> None:
        """Bring up to date what storages derive of what was recorded."""
        now = self._clock()
        for site in sorted(self._behind):
            if now - self._caught_up.get(site, float("-inf")) < CATCH_UP:
                continue
            self._caught_up[site] = now
            self._behind.discard(site)
            storage = self._recorder_of(site)
            try:
                if IReaderSets.providedBy(storage):
                    storage.catch_up(go_on=go_on)
            except Exception as error:
                # Whatever a storage raises, also one of another package: reads go on to be
                # stored, and nothing is lost. Whoever asks next does it, or the next time.
                if self._warnings.is_due(f"derived of {site}"):
                    logger.warning(
                        "What reports of site %s are made of could not be brought up to "
                        "date now: %s. It will be when somebody looks at one.",
                        site,
                        error,
                        exc_info=not isinstance(error, StorageError),
                    )

    def retry_now(self) -> None:
        """Try again at once what is being left alone."""
        self._back_off.forget()

    def next_attempt(self) -> float:
        """Return in how many seconds a storage that failed is tried again."""
        return self._back_off.next_attempt()

    def _is_due(self, spool: Spool, site: str) -> bool:
        return all(map(self._back_off.is_due, (site, str(spool.path))))

    def _drain_batch(self, spool: Spool, site: str) -> bool:
        """Record one batch. False when there is none, or it did not work."""
        recorder = self._recorder_of(site)
        if recorder is None:
            self._failed(site, site, "this process knows no storage of the site")
            return False
        try:
            batch = spool.batch(site, BATCH)
            if batch.records:
                stored = self._record(recorder, site, batch.records)
                spool.remove(batch)
                self._behind.add(site)
                self._counters.count(site, STORED, stored)
        except SpoolUnavailable as error:
            # One spool that is damaged must not stop what is in the others.
            self._failed(site, str(spool.path), str(error))
            return False
        except (StorageError, QuarantineUnavailable) as error:
            self._failed(site, site, str(error))
            return False
        except Exception as error:
            # Whatever else a storage raises, also one of another package: what was
            # acknowledged stays in the spool, and the other sites go on.
            logger.exception("The storage of site %s failed in a way of its own", site)
            self._failed(
                site, site, f"it failed with {type(error).__name__}, see the log"
            )
            return False
        self._worked(site, str(spool.path))
        return len(batch.records) == BATCH

    def _record(
        self,
        recorder: IAccessRecorder,
        site: str,
        records: Sequence[bytes],
    ) -> int:
        """Store records; what makes it impossible is found by halving and set
        apart. Returns how many were stored."""
        try:
            _store(recorder, unpacked(records))
        except (UnstorableData, UnreadableRecord) as error:
            if len(records) == 1:
                self._set_apart(site, records[0], str(error))
                return 0
            middle = len(records) // 2
            halves = records[:middle], records[middle:]
            return sum(self._record(recorder, site, half) for half in halves)
        return len(records)

    def _set_apart(self, site: str, record: bytes, reason: str) -> None:
        self._quarantine.put(site, record, reason)
        logger.error(
            "A read of site %s can't be stored and is in quarantine, see Site Setup, "
            "ClickTracker Settings: %s",
            site,
            reason,
        )

    def _failed(self, site: str, what: str, reason: str) -> None:
        """Leave alone what failed, the storage of a site or a spool."""
        self._back_off.failed(what)
        self.problems[site] = reason
        if self._warnings.is_due(what):
            logger.error(
                "Reads of site %s are kept on this server, as they can't be stored "
                "now: %s. They will be stored when that works again.",
                site,
                reason,
            )

    def _worked(self, site: str, path: str) -> None:
        self.problems.pop(site, None)
        was_said = False
        for what in (site, path):
            self._back_off.worked(what)
            was_said |= self._warnings.forget(what)
        if was_said:
            logger.info("Reads of site %s are stored again.", site)


def _store(recorder: IAccessRecorder, found: Unpacked) -> None:
    """Record all of it; raises what the storage raises. Chances of goals come after the
    accesses that they are of."""
    if found.accesses:
        recorder.record(found.accesses)
    if found.views:
        if not IVisits.providedBy(recorder):
            raise UnstorableData("this storage keeps no visits")
        recorder.record_views(found.views)
    if found.hits:
        if not IOutbox.providedBy(recorder):
            raise UnstorableData("this storage has no outbox")
        recorder.put_hits(found.hits)
    if found.events:
        if not IMemberEvents.providedBy(recorder):
            raise UnstorableData("this storage keeps no events of members")
        recorder.record_events(found.events)
    if found.chances or found.exposures:
        if not IGoals.providedBy(recorder):
            raise UnstorableData("this storage knows no goals")
        recorder.reach_goals(found.chances)
        recorder.record_exposures(found.exposures)
