"""``Collector``: what one process has between a beacon and the storage."""

from collections.abc import Callable
from datetime import datetime
from datetime import timezone
from pathlib import Path
from slc.clicktracker.collector.counters import ACCEPTED
from slc.clicktracker.collector.counters import Counters
from slc.clicktracker.collector.counters import SERVED
from slc.clicktracker.collector.counters import STORED
from slc.clicktracker.collector.forwarder import Forwarder
from slc.clicktracker.collector.limits import Limits
from slc.clicktracker.collector.notes import Notes
from slc.clicktracker.collector.pieces import Pieces
from slc.clicktracker.collector.primed import Primed
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolFull
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.spool_line import oldest
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.collector.spools import Spools
from slc.clicktracker.collector.status import CollectorStatus
from slc.clicktracker.collector.status import ProcessStatus
from slc.clicktracker.collector.status import published
from slc.clicktracker.collector.status import SiteStatus
from slc.clicktracker.collector.told_bans import ToldBans
from slc.clicktracker.collector.uwsgi import complaint_about_threads
from slc.clicktracker.collector.watch import Watch
from slc.clicktracker.collector.writer import BATCH
from slc.clicktracker.collector.writer import RecorderOf
from slc.clicktracker.collector.writer import Writer
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from threading import Event
from threading import Lock
from threading import Thread

import logging
import math
import os
import socket
import time


logger = logging.getLogger("slc.clicktracker")

#: Seconds that an access waits for others to be recorded together with it, and how many
#: seconds more where so many have come meanwhile: the more there are in a batch, the less
#: time each of them takes.
AGE = 0.4
MANY, LONGER = 100, 1.1

#: Seconds between two looks for spools of processes that have ended.
_ADOPTION = 30

#: Seconds that the end of the process waits for the storage.
FLUSH = 5


class Collector:
    """Keeps what is acknowledged, and has it recorded by a thread of its own.

    ``folder`` is where the spools are, ``recorder_of`` says which storage records
    the accesses of a site. It belongs to the process that made it: a child that
    was forked needs another one.
    """

    def __init__(self, folder: Path, recorder_of: RecorderOf) -> None:
        self.pid = os.getpid()
        self.started = datetime.now(timezone.utc)
        self.counters = Counters()
        self.limits = Limits()
        self.notes = Notes()
        self.pieces = Pieces(folder)
        self.primed = Primed()
        self.bans = ToldBans()
        self.quarantine = Quarantine(folder)
        self.spools = Spools(folder)
        self.writer = Writer(recorder_of, self.quarantine, self.counters)
        self.complaint = complaint_about_threads()
        self._said = OnceAMinute()
        self._wake = Event()
        self._full = Event()
        self._stopping = Event()
        self._turn = Lock()
        self._waiting = 0
        self._writing = Thread(target=self._write, name="clicktracker-writer")
        self._writing.daemon = True
        self.forwarder = Forwarder(recorder_of, self._stopping)
        self._watch = Watch(self.spools, self.spool_notes, self.status, self._stopping)

    def start(self) -> None:
        """Start both threads."""
        if self.complaint:
            logger.error(
                "No read is accepted, as nothing would store it: %s", self.complaint
            )
            return
        try:
            self.spools.own.sites()
        except SpoolUnavailable as error:
            logger.error("Reads can't be kept: %s", error)
        try:
            self._watch.thread.start()
            self._writing.start()
        except RuntimeError as error:
            self.complaint = f"this server can't start threads: {error}"
            logger.error(
                "No read is accepted, as nothing would store it: %s", self.complaint
            )

    def accept(self, rules: SiteRules, *records: PlainRecord) -> None:
        """Keep what a beacon amounts to, all or none, so that it survives the end of this
        process.

        Raises ``Refused`` when it can't be kept: the browser tries again.
        """
        if not self.is_alive:
            self._refuse(Reason.NO_WRITER, "the thread that stores is gone")
        limit = rules.spool_limit - self.spools.adopted_size
        try:
            # Together, as each would wait for the disk by itself.
            lines = [packed(record) for record in records]
            self.spools.own.append_all(rules.site, lines, limit, rules.strict)
        except SpoolFull as error:
            self._refuse(Reason.SPOOL_FULL, str(error))
        except SpoolUnavailable as error:
            self._refuse(Reason.SPOOL_UNAVAILABLE, str(error))
        self.counters.count(rules.site, ACCEPTED, len(records))
        self._waiting += len(records)
        if not self._wake.is_set():
            self._wake.set()
        if self._waiting >= BATCH and not self._full.is_set():
            self._full.set()

    def spool_notes(self) -> None:
        """Take the notes of what was delivered to the spool; that happens each
        second, whatever the storage does."""
        try:
            own = self.spools.own
            noted, problem = self.notes.spool(own, self.spools.adopted_size)
        except SpoolUnavailable as error:
            noted, problem = {}, error
        if problem is not None and self._said.is_due("notes"):
            logger.error(
                "It is not noted now to whom pages and files are served: %s. See the "
                "status in Site Setup, ClickTracker Settings.",
                problem,
            )
        for site, number in noted.items():
            self.counters.count(site, SERVED, number)
        if noted:
            self._wake.set()

    @property
    def is_alive(self) -> bool:
        """Is there somebody to store what is accepted?"""
        return (
            not self._stopping.is_set()
            and self._writing.is_alive()
            and self._watch.is_alive
        )

    def status(self) -> ProcessStatus:
        """Return how this process is doing."""
        spools = self.spools.all()
        spooled = [spool.counts() for spool in spools]
        sites = {*self.counters.sites(), *(site for one in spooled for site in one)}
        return ProcessStatus(
            process=f"{socket.gethostname()}:{self.pid}",
            started=self.started,
            at=datetime.now(timezone.utc),
            writer="alive" if self.is_alive else "dead",
            sites={site: self._site_status(site, spools) for site in sites},
        )

    def status_of_all(self, site: str) -> CollectorStatus:
        """Return how a site is doing in all processes that share the folder.

        Raises ``QuarantineUnavailable``.
        """
        processes = [self.status(), *published(self.spools.others())]
        return CollectorStatus(site, tuple(processes), self.quarantine.count(site))

    def _site_status(self, site: str, spools: list[Spool]) -> SiteStatus:
        counts = self.counters.of(site)
        accepted, served, stored = (
            counts.pop(name, 0) for name in (ACCEPTED, SERVED, STORED)
        )
        first, problem = [], ""
        for spool in spools:
            try:
                first.append(spool.first(site))
            except SpoolUnavailable as error:
                problem = str(error)
        return SiteStatus(
            accepted=accepted,
            served=served,
            stored=stored,
            refused=counts,
            spooled=sum(spool.counts().get(site, 0) for spool in spools),
            oldest=oldest(first),
            problem=self.writer.problems.get(site, problem),
        )

    def replay(self, site: str) -> int:
        """Give what is in quarantine another chance, as if it had just arrived.

        Returns how many there were. Raises ``SpoolUnavailable`` and
        ``QuarantineUnavailable``; then nothing is lost, and some may be tried twice.
        """
        replayed = 0
        # What the writer puts back meanwhile is for the next time.
        last = self.quarantine.last(site)
        while found := self.quarantine.first(site, BATCH, last):
            for one in found:
                self.spools.own.append(site, one.record, False, math.inf)
            self.spools.own.sync()
            self.quarantine.remove(found)
            replayed += len(found)
        self._wake.set()
        return replayed

    def stop(self) -> None:
        """Record what is left, for ``FLUSH`` seconds at most; the rest stays spooled."""
        if self.pid != os.getpid() or self._stopping.is_set():
            return
        self._stopping.set()
        self._wake.set()
        self._full.set()
        self.forwarder.wake()
        for thread in (self._writing, self._watch.thread, self.forwarder.thread):
            if thread.is_alive():
                thread.join(FLUSH)
        if not self._writing.is_alive():
            self.spools.close()

    def _refuse(self, reason: Reason, what: str) -> None:
        if self._said.is_due(reason.header):
            logger.error(
                "Reads are not accepted now, browsers will try again: %s. "
                "See the status in Site Setup, ClickTracker Settings.",
                self.complaint or what,
            )
        raise Refused(reason)

    def _write(self) -> None:
        """What the thread does."""
        looked = float("-inf")
        while not self._stopping.is_set():
            now = time.monotonic()
            if now - looked >= _ADOPTION:
                looked = now
                self.spools.adopt()
                self.drain()
            if self._wake.wait(min(self.writer.next_attempt(), _ADOPTION)):
                self._wait_for_others()
            self._wake.clear()
            self._full.clear()
            self._waiting = 0
            self.drain()
        # A storage that is being left alone gets its last chance.
        self.writer.retry_now()
        deadline = time.monotonic() + FLUSH
        self._drain(lambda: time.monotonic() < deadline)

    def _wait_for_others(self) -> None:
        self._full.wait(AGE)
        if self._waiting >= MANY:
            self._full.wait(LONGER)

    def drain(self) -> None:
        """Record what can be recorded now; the thread does that by itself."""
        self._drain(lambda: not self._stopping.is_set())

    def _drain(self, go_on: Callable[[], bool]) -> None:
        self.spool_notes()
        with self._turn:
            self.writer.drain(self.spools.all(), go_on)
            self.spools.tidy()
