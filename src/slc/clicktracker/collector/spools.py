"""``Spools``: the spool of this process, and those it has adopted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from slc.clicktracker.collector.ownership import Ownership
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolUnavailable
from threading import Lock

import logging
import math
import os


logger = logging.getLogger("slc.clicktracker")


@dataclass(frozen=True)
class _Owned:
    ownership: Ownership
    spool: Spool

    def is_lost(self) -> bool:
        """Were its files deleted, so that all in it would end with this process?"""
        return self.ownership.is_lost() or self.spool.is_lost()

    def close(self) -> None:
        """Close the spool and remove it if it is empty; else another process
        adopts it. Closed first: whoever appends to it now is refused."""
        self.spool.close()
        if self.spool.counts():
            self.ownership.release()
        else:
            _remove(self.ownership)


def _remove(ownership: Ownership) -> None:
    """Remove an empty spool; where that fails it is tried again by whoever adopts it."""
    try:
        ownership.remove()
    except OSError as error:
        logger.error("An empty spool can't be removed: %s", error)


def _hand_over(lost: Spool, own: Spool) -> None:
    with lost.handing_over() as records:
        for site, found in records.items():
            own.append_all(site, found, math.inf)
    own.sync()
    number = sum(map(len, records.values()))
    logger.error(
        "%s was deleted or replaced. What was in it (%s) is in %s now.",
        lost.path,
        number,
        own.path,
    )


class Spools:
    """The spools in ``folder`` that this process owns.

    One of its own, which is made when it is asked for, and those of processes
    that have ended, which are removed when they are empty.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own: _Owned | None = None
        self._adopted: list[_Owned] = []
        self._lock = Lock()
        self._closed = False

    @property
    def own(self) -> Spool:
        """The spool for what this process acknowledges. Raises
        ``SpoolUnavailable``."""
        own = self._own
        if own is None:
            with self._lock:
                if self._closed:
                    raise SpoolUnavailable(f"the spool in {self.folder} is closed")
                own = self._own = self._own or self._opened()
        return own.spool

    @property
    def name(self) -> Path | None:
        """The path of the own spool without a suffix, None while there is none."""
        own = self._own
        return own.ownership.name if own else None

    @property
    def adopted_size(self) -> int:
        """Bytes in adopted spools."""
        return sum(owned.spool.size for owned in self._adopted)

    def all(self) -> list[Spool]:
        """Return the spools, the adopted ones first, as they are older."""
        own = [self._own] if self._own else []
        return [owned.spool for owned in [*self._adopted, *own]]

    def sync(self) -> None:
        """Make what is new survive a loss of power; raises ``SpoolUnavailable``."""
        for spool in self.all():
            if spool.dirty:
                spool.sync()

    def rescue(self) -> None:
        """Begin a new spool where the files of one were deleted, and write into it what
        this process still has of that. Raises ``SpoolUnavailable``; until it works,
        nothing is kept by ``own`` either."""
        with self._lock:
            if self._closed:
                return
            if self._own and self._own.is_lost():
                self._adopted.append(self._own)
                self._own = None
            lost = [owned for owned in self._adopted if owned.is_lost()]
            if not lost:
                return
            own = self._own = self._own or self._opened()
            for owned in lost:
                _hand_over(owned.spool, own.spool)
                self._adopted.remove(owned)
                owned.close()

    def publish(self, status: str) -> None:
        """Let other processes know how this one is. Raises ``OSError``."""
        if self.name is None:
            return
        path = self.name.with_suffix(".json")
        fresh = self.name.with_suffix(".json-new")
        # Who has read what is not in it, but why a database refuses may be.
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(status)
        fresh.replace(path)

    def others(self) -> Iterator[tuple[str, bool]]:
        """What other processes published last, and whether they are still there."""
        for path in sorted(self.folder.glob("spool-*.json")):
            name = path.with_suffix("")
            if name == self.name:
                continue
            try:
                # What is no text is no status either, as the reader of it will find.
                text = path.read_text("utf-8", errors="replace")
                yield text, Ownership.is_taken(name)
            except OSError:
                # Its process has removed it meanwhile.
                continue

    def adopt(self) -> None:
        """Take over what ended processes have left; nobody else will."""
        for ownership in Ownership.orphans(self.folder):
            path = ownership.name.with_suffix(".sqlite")
            if not path.exists():
                _remove(ownership)
                continue
            try:
                spool = Spool(path)
                # What its process has published is counted with what is ours now.
                ownership.name.with_suffix(".json").unlink(missing_ok=True)
            except (SpoolUnavailable, OSError) as error:
                ownership.release()
                logger.error("A spool of an ended process can't be used: %s", error)
                continue
            logger.info("Adopted %s with %s", path, spool.counts() or "nothing")
            self._adopted.append(_Owned(ownership, spool))

    def tidy(self) -> None:
        """Remove adopted spools that are empty."""
        with self._lock:
            for owned in list(self._adopted):
                if not owned.spool.counts():
                    self._adopted.remove(owned)
                    owned.close()

    def close(self) -> None:
        """Let go of everything; what is not empty stays for the next process."""
        with self._lock:
            self._closed = True
            for owned in [*self._adopted, *([self._own] if self._own else [])]:
                owned.close()
            self._adopted.clear()
            self._own = None

    def abandon(self) -> None:
        """Let go of what a parent process owns, in a child, without touching it."""
        for owned in [*self._adopted, *([self._own] if self._own else [])]:
            owned.ownership.release()

    def _opened(self) -> _Owned:
        try:
            ownership = Ownership.new(self.folder)
        except OSError as error:
            raise SpoolUnavailable(f"{self.folder} can't be used: {error}") from error
        try:
            return _Owned(ownership, Spool(ownership.name.with_suffix(".sqlite")))
        except SpoolUnavailable:
            try:
                ownership.remove()
            except OSError as error:
                raise SpoolUnavailable(f"{self.folder}: {error}") from error
            raise
