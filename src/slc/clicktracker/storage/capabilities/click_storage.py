"""What every storage has to do."""

from datetime import datetime
from zope.interface import Interface


class IClickStorage(Interface):
    """Where readings live. These two methods are enough for a storage.

    Register one in ZCML as an unnamed utility and it is used for every site of
    the instance, before any DSN. A storage that provides no more than this is
    called inside the request of the beacon, at least once for a page view.

    Both methods raise ``slc.clicktracker.storage.errors.StorageUnavailable``
    when the storage can't be reached. All text is free of NUL and lone
    surrogates and no longer than ``slc.clicktracker.storage.text.LIMITS``;
    all times are timezone-aware UTC.
    """

    def logAccess(user: str, path: str, url: str) -> bool:
        """Record that ``user`` visited the content at ``path`` by ``url``, now.

        ``user`` is a user id, empty for anonymous visitors; ``path`` the
        physical path of the content including the id of the site; ``url`` the
        address in the site, with a leading slash. Returns True when it is
        recorded; False means that it is not and should be tried again.
        """

    def getLog(
        prefix: str, order_by: str | None = None, order_reverse: bool = False
    ) -> list[tuple[str, int, datetime, str]]:
        """Return rows (user, count, last access, url) for a place in the site.

        ``prefix`` is a place in a tree: "/a/b" covers "/a/b" and "/a/b/…", not
        "/a/bc"; every character is plain. Rows are grouped by user and url and
        ordered by "member", "url", "count" or "lastaccess"; anything else is
        "member". Ties are broken by user and url, upwards in both directions.
        0.4 returned the same four columns.
        """
