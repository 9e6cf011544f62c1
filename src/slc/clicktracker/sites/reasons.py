"""For what people look at names, where the site asks them: kept for an hour."""

from datetime import datetime
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.privacy import privacy_setting
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import storable


#: Characters of a reason.
LONGEST = 500

#: For so long, nobody is asked again.
VALID = timedelta(hours=1)

_reasons = SiteRecord("reasons")


def asks_for_reason() -> bool:
    """Has the current user to say for what, before names are shown?"""
    return bool(privacy_setting("ask_reason")) and not given_reason()


def given_reason() -> str:
    """Return what the current user has said within the last hour, "" for nothing."""
    kept = _reasons.get(_key())
    if not kept:
        return ""
    reason, moment = kept
    return reason if utc_now() - from_microseconds(moment) < VALID else ""


def kept_reason(person: Reader) -> tuple[str, datetime] | None:
    """Return what is kept of what somebody has said, and since when; None for nothing."""
    kept = _reasons.get(_key_of(person))
    return (kept[0], from_microseconds(kept[1])) if kept else None


def give_reason(typed: str) -> str:
    """Keep for what the current user looks at names from now on. Return what is kept: ""
    for nothing, and then what was said before stays."""
    reason = storable(typed, LONGEST).strip()
    if reason:
        _reasons.set(_key(), (reason, microseconds(utc_now())))
    return reason


def forget_old_reasons() -> None:
    """Remove what is not valid any more."""
    now = utc_now()
    for key, (_reason, moment) in list(_reasons.all().items()):
        if now - from_microseconds(moment) >= VALID:
            _reasons.set(key, ())


def forget_reason(person: Reader) -> None:
    """Remove what a person has said: a later account of the same id has said nothing."""
    _reasons.set(_key_of(person), ())


def _key() -> str:
    user, folder = current_user()
    return _key_of(Reader(user, folder))


def _key_of(person: Reader) -> str:
    return f"{person.folder}\n{person.user}"


REASONS_OF_PEOPLE = PlaceOfPeople(
    _("For what they look at names now"),
    lambda person: int(bool(_reasons.get(_key_of(person)))),
    lambda person, pseudonym, erase: forget_reason(person),
)
