"""Asking for the password once more: as often as somebody mistypes it, not as often as
somebody guesses who sits at a session that isn't theirs.

Wrong ones are counted in the site, where all processes see them, and each is counted before the
password is looked at. So neither several processes nor many requests at once give more of them.
"""

from collections.abc import Callable
from datetime import timedelta
from plone import api
from slc.clicktracker import _
from slc.clicktracker.sites.apart import site_apart
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from ZODB.POSException import ConflictError


#: So many wrong passwords in so long a time.
MOST_FAILURES = 5
PERIOD = timedelta(minutes=15)

#: How often somebody who asks at the same moment as others is looked at again.
_TRIES = 10

#: When somebody has typed one, in microseconds.
_failures = SiteRecord("password-failures")


class TooManyFailures(Exception):
    """No password is looked at for a while."""


def is_own_password(password: str) -> bool:
    """Is this the password of the current user? Raises ``TooManyFailures``."""
    user, folder = current_user()
    who = Reader(user, folder)
    if not _changed(who, _with_one_more):
        raise TooManyFailures
    membership = api.portal.get_tool("portal_membership")
    is_right = bool(password) and bool(membership.testCurrentPassword(password))
    if is_right:
        # It has counted until it was known to be right.
        _changed(who, lambda recent: recent[:-1])
    return is_right


def forget_old_failures() -> None:
    """Remove what doesn't count any more."""
    for key, times in list(_failures.all().items()):
        if not _recent(times):
            _failures.set(key, ())


def _with_one_more(recent: tuple[int, ...]) -> tuple[int, ...] | None:
    if len(recent) >= MOST_FAILURES:
        return None
    return (*recent, microseconds(utc_now()))


def _changed(
    who: Reader, change: Callable[[tuple[int, ...]], tuple[int, ...] | None]
) -> bool:
    """Keep what becomes of the failures of somebody, in a transaction of its own. Return
    False where nothing can be kept."""
    for _again in range(_TRIES):
        try:
            with site_apart(api.portal.get()) as site:
                failures = _failures.made(site)
                kept = change(_recent(failures.get(_key(who), ())))
                if kept is None:
                    return False
                if kept:
                    failures[_key(who)] = kept
                else:
                    failures.pop(_key(who), None)
        except ConflictError:
            continue
        return True
    return False


def _recent(times: tuple[int, ...]) -> tuple[int, ...]:
    since = microseconds(utc_now() - PERIOD)
    return tuple(at for at in times if at > since)


def _key(person: Reader) -> str:
    return f"{person.folder}\n{person.user}"


FAILURES_OF_PEOPLE = PlaceOfPeople(
    _("Passwords that they have mistyped within the last minutes"),
    lambda person: len(_failures.get(_key(person))),
    lambda person, pseudonym, erase: _failures.set(_key(person), ()),
)
