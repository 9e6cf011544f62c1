"""A request in another thread, or process."""

from contextlib import contextmanager
from zope.component.hooks import getSite
from zope.component.hooks import setSite

import transaction


@contextmanager
def another_request(site):
    """The same site, as it is seen by a request that begins now in another thread."""
    manager, before = transaction.TransactionManager(explicit=False), getSite()
    connection = site._p_jar.db().open(manager)
    other = connection.root()["Application"][site.getId()]
    setSite(other)
    try:
        yield other, manager
    finally:
        setSite(before)
        manager.abort()
        connection.close()
