"""Which members' events are recorded in the current site, and in which group each is.

Found out when settings change and with the clean-up command (``audience/cohorts.py``), and
kept in the site: whatever a page or an edit asks is a look into a dictionary.
"""

from collections.abc import Mapping
from plone.registry.interfaces import IRegistry
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker import _
from slc.clicktracker.activities.cohorts import Cohorts
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.storage.events.plain import FOLLOWED
from slc.clicktracker.storage.events.plain import SAMPLE
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import is_blank
from threading import Lock
from typing import Any
from zope.component import getUtility
from zope.component import queryUtility

import secrets


_RECORD = SiteRecord("cohorts")
_NAME = "members"

_made: Bounded[str, Mapping[str, str]] = Bounded(100)
_lock = Lock()

_NOBODY: Mapping[str, str] = {}


def events_setting(name: str) -> Any:
    """Return a setting of ``IMemberEventsSettings``, its default without a record."""
    record = f"{IMemberEventsSettings.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, IMemberEventsSettings[name].default)


def is_stated() -> bool:
    """Is it switched on, and is a purpose stated?"""
    return bool(events_setting("enabled")) and not is_blank(
        events_setting("purpose") or ""
    )


def are_page_events_on() -> bool:
    """May scripts of the site's pages say what happens on them?"""
    return bool(events_setting("page_events"))


def keeps_events() -> bool:
    """Does the current site's storage keep events of members? They come in batches."""
    custom = queryUtility(IClickStorage)
    return custom is None or (IMemberEvents.providedBy(custom) and takes_batches())


def recorded_members() -> Mapping[str, str]:
    """Return the group of each member whose events are recorded, by user id of the site's
    own user folder. Never writes."""
    if queryUtility(ISiteRoot) is None:
        return _NOBODY
    kept = _RECORD.get(_NAME)
    if not kept or not is_recording() or not keeps_events():
        return _NOBODY
    edition, followed, sample = kept
    made = _made.get(edition)
    if made is None:
        made = dict.fromkeys(sample, SAMPLE) | dict.fromkeys(followed, FOLLOWED)
        with _lock:
            _made[edition] = made
    return made


def keep_cohorts(found: Cohorts) -> None:
    """Record events of these members from now on, and of nobody else."""
    _edition, *before = _RECORD.get(_NAME) or ("", (), ())
    now = [tuple(sorted(found.followed)), tuple(sorted(found.sample))]
    if before != now:
        kept = (secrets.token_hex(16), *now) if any(now) else ()
        _RECORD.set(_NAME, kept)


def leave_cohorts(user: str) -> None:
    """Record nothing more of somebody whose account is deleted: a later account of the
    same id is somebody else."""
    _edition, followed, sample = _RECORD.get(_NAME) or ("", (), ())
    keep_cohorts(Cohorts(frozenset(followed) - {user}, frozenset(sample) - {user}))


def _number_of(person: Reader) -> int:
    if person.folder:
        return 0
    _edition, *groups = _RECORD.get(_NAME) or ("", (), ())
    named = (*groups, events_setting("users") or ())
    return sum(person.user in group for group in named)


def _forget(person: Reader, pseudonym: str, erase: bool) -> None:
    if person.folder:
        return
    leave_cohorts(person.user)
    users = events_setting("users") or ()
    if person.user in users:
        record = f"{IMemberEventsSettings.__identifier__}.users"
        others = tuple(user for user in users if user != person.user)
        getUtility(IRegistry)[record] = others


COHORTS_OF_PEOPLE = PlaceOfPeople(
    _("That what they do is recorded"), _number_of, _forget
)
