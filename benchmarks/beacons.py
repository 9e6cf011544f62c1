"""Tickets and log-ins for many views, as the site itself gives them."""

from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from slc.clicktracker.tickets.ticket import issue
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.ticket import Ticket

import json


#: A prime, so that neighbours are neither the same reader nor the same document.
_STRIDE = 7919

_OF_NO_VERSION = {"version": "", "digest": "", "words": 0, "path": ""}


class Beacons:
    """The tickets of one run of the benchmark, no two issued at the same time."""

    def __init__(self, instance: Path) -> None:
        found = json.loads((instance / "var" / "benchmark.json").read_text())
        self.site = found["site"]
        self._keys = Keys(tuple(found["keys"]), ())
        self._cookie = found["cookie"]
        self._documents = found["documents"]
        self._members = found["members"]
        self._began = datetime.now(timezone.utc)
        self._issued = 0

    @property
    def members(self) -> int:
        """How many they are."""
        return len(self._members)

    @property
    def documents(self) -> int:
        """How many they are."""
        return len(self._documents)

    @property
    def log_in(self) -> str:
        """The Cookie header of a member."""
        return f'{self._cookie}="{self._members[0]["cookie"]}"'

    @property
    def page(self) -> str:
        """The path of a tracked document."""
        return self._documents[0]["path"]

    def pairs(self, count: int, tracked: bool = True) -> Iterator[tuple[str, str]]:
        """Return so many Cookie headers, each with a new ticket of that log-in; one of a
        page that is not ``tracked`` proves no reading, and names no version."""
        for _ in range(count):
            self._issued += 1
            pair = self._issued * _STRIDE
            member = self._members[pair % len(self._members)]
            document = self._documents[
                pair // len(self._members) % len(self._documents)
            ]
            if not tracked:
                document = document | _OF_NO_VERSION
            ticket = Ticket(
                site=self.site,
                **document,
                tracked=tracked,
                user=member["user"],
                folder="",
                name=member["name"],
                issued=self._began - timedelta(milliseconds=self._issued),
            )
            text = issue(ticket, self._keys, member["cookie"])
            yield f'{self._cookie}="{member["cookie"]}"', text

    def write(self, path: Path, count: int, tracked: bool = True) -> Path:
        """Write so many of them, for wrk."""
        with path.open("w") as file:
            for cookie, ticket in self.pairs(count, tracked):
                file.write(f"{cookie}\t{ticket}\n")
        return path
