"""Asking for the password once more: as often as somebody mistypes it, not as often as
somebody guesses."""

from plone import api
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.uids import document_uid
from threading import Lock
from zope.component import getUtility

import time


#: So many wrong passwords in so many seconds, in one process.
MOST_FAILURES = 5
PERIOD = 15 * 60

_failures: Bounded[tuple[str, str, str], list[float]] = Bounded(10_000)
_lock = Lock()


class TooManyFailures(Exception):
    """No password is looked at for a while."""


def is_own_password(password: str) -> bool:
    """Is this the password of the current user? Raises ``TooManyFailures``."""
    who = document_uid(getUtility(ISiteRoot)), *current_user()
    now = time.monotonic()
    with _lock:
        recent = [at for at in _failures.get(who) or () if at > now - PERIOD]
        if len(recent) >= MOST_FAILURES:
            raise TooManyFailures
        # It counts until it is known to be right, so that many at once are no more.
        _failures[who] = [*recent, now]
    membership = api.portal.get_tool("portal_membership")
    is_right = bool(password) and bool(membership.testCurrentPassword(password))
    if is_right:
        with _lock:
            _failures[who] = recent
    return is_right
