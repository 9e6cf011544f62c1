"""A storage of somebody else's, which has two methods."""

from datetime import datetime
from datetime import timezone
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.errors import StorageUnavailable
from zope.interface import implementer


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
