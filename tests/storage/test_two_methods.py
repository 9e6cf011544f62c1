"""A storage of somebody else's: two methods are enough for the contract."""

from datetime import datetime
from datetime import timezone
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.testing import StorageContract
from threading import Lock
from zope.interface import implementer

import pytest


@implementer(IClickStorage)
class NotesOfVisits:
    """Keeps visits in a list that others may share; None is a broken one."""

    def __init__(self, visits, lock):
        self.visits = visits
        self.lock = lock

    def logAccess(self, user, path, url):
        self._ask()
        with self.lock:
            self.visits.append((user, path, url, datetime.now(timezone.utc)))
        return True

    def getLog(self, prefix, order_by=None, order_reverse=False):
        self._ask()
        place = prefix.rstrip("/")
        times = {}
        for user, path, url, moment in self.visits:
            if (path + "/").startswith(place + "/"):
                times.setdefault((user, url), []).append(moment)
        rows = [(user, len(at), max(at), url) for (user, url), at in times.items()]
        rows.sort(key=lambda row: (row[0], row[3]))
        column = {"url": 3, "count": 1, "lastaccess": 2}.get(order_by, 0)
        rows.sort(key=lambda row: row[column], reverse=order_reverse)
        return rows

    def _ask(self):
        if self.visits is None:
            raise StorageUnavailable("no list")


class TestNotesOfVisits(StorageContract):
    @pytest.fixture(autouse=True)
    def visits(self):
        self.visits = []
        self.lock = Lock()

    def make_storage(self, site=""):
        return NotesOfVisits(self.visits, self.lock)

    def make_unreachable(self):
        return NotesOfVisits(None, self.lock)

    def test_it_has_no_more_than_two_methods(self):
        assert not IAccessRecorder.providedBy(self.make_storage())
