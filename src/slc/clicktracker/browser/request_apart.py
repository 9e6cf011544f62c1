"""A request once more, with a ZODB connection of its own, which outlives it."""

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from collections.abc import Iterator
from contextlib import contextmanager
from transaction import TransactionManager
from typing import Any
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from zope.security.management import endInteraction
from zope.security.management import newInteraction
from zope.security.management import queryInteraction
from ZPublisher.WSGIPublisher import validate_user


class RequestApart:
    """What Zope does for a request until it calls a view, for a part of its answer that
    is made while it is sent.

    By then Zope has ended the request: its ZODB connection is another thread's, and
    neither site nor user are set. So this one has a connection of its own, in which the
    address is walked to again, with all that belongs to it: log-in, permissions,
    virtual host, language. Nothing is ever committed there. ``view`` is what was
    published; whatever it does has to be done in ``entered``. To be closed.
    """

    def __init__(self, request: Any) -> None:
        database = request["PARENTS"][-1]._p_jar.db()
        self._transactions = TransactionManager()
        self._connection = database.open(self._transactions)
        self._request = request.clone()
        # What the view says of the answer is said of the one that is sent.
        self._request.response = request.response
        self._request.form = dict(request.form)
        self._thread = _Thread(None, None, self._request)
        try:
            with self.entered():
                self.view = self._walked(request.environ["PATH_INFO"])
        except BaseException:
            self.close()
            raise

    def _walked(self, path: str) -> Any:
        application = self._connection.root()["Application"]
        self._request["PARENTS"] = [application]
        found = self._request.traverse(path, validated_hook=validate_user)
        # A view is published by itself, or by its method.
        return getattr(found, "__self__", found)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Do something as if Zope had published this request, in whatever thread; what
        that is busy with goes on behind."""
        before = _Thread.now()
        self._thread.set()
        is_inner = queryInteraction() is not None
        if not is_inner:
            newInteraction()
        try:
            yield
        finally:
            self._thread = _Thread.now()
            if not is_inner:
                endInteraction()
            before.set()

    def close(self) -> None:
        """Give the connection back."""
        self._request.clear()
        self._transactions.abort()
        self._connection.close()


class _Thread:
    """What a thread knows of the request that it is busy with."""

    def __init__(self, site: Any, security: Any | None, request: Any) -> None:
        self._site = site
        self._security = security
        self._request = request

    @classmethod
    def now(cls) -> "_Thread":
        return cls(getSite(), getSecurityManager(), getRequest())

    def set(self) -> None:
        setSite(self._site)
        if self._security is None:
            noSecurityManager()
        else:
            setSecurityManager(self._security)
        setRequest(self._request)
