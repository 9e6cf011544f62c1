"""The site in a transaction apart from that of the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from Products.CMFPlone.Portal import PloneSite
from transaction import TransactionManager


@contextmanager
def site_apart(site: PloneSite) -> Iterator[PloneSite]:
    """The same site as it is now, to be written into: that is committed at the end, whatever
    becomes of the request, and not at all after an error. Raises ``ConflictError``."""
    manager = TransactionManager()
    connection = site._p_jar.db().open(manager)
    try:
        yield connection.get(site._p_oid)
        manager.commit()
    finally:
        manager.abort()
        connection.close()
