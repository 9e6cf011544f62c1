"""Secrets of members by which their calendars may ask for their deadlines.

A calendar can't log in. So a member can have an address with a secret in it, which is good for
that alone and can be withdrawn at any time: a new one makes the one before worthless. It
is kept as it is, so that the member can be shown the address again: whoever can read the
site's database has the documents themselves.
"""

from hmac import compare_digest
from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker import _
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import Reader
from zope.component.hooks import getSite

import secrets


_RECORD = SiteRecord("calendars")

#: Random bytes of a secret.
_BYTES = 32


def calendar_secret(user: str) -> str:
    """Return the secret of a member of the site, by id; "" where there is none."""
    (secret,) = _RECORD.get(user) or ("",)
    return secret


def is_calendar_secret(user: str, secret: str) -> bool:
    """Is this the secret of that member? It takes as long for somebody who has none."""
    known = calendar_secret(user)
    is_same = compare_digest(_bytes(known or "-"), _bytes(secret))
    return is_same and bool(known)


def make_calendar_secret(user: str) -> None:
    """Give a member a new secret in place of the one before."""
    _RECORD.set(user, (secrets.token_urlsafe(_BYTES),))


def withdraw_calendar_secret(user: str) -> bool:
    """Take the secret from a member. Return False where there is none."""
    has_one = bool(calendar_secret(user))
    if has_one:
        _RECORD.set(user, ())
    return has_one


def withdraw_with_account(event: IPrincipalDeletedEvent) -> None:
    """A later account of the same id is somebody else."""
    if getSite() is not None and IClickTrackerLayer in registered_layers():
        withdraw_calendar_secret(str(event.principal))


def _forget(person: Reader, pseudonym: str, erase: bool) -> None:
    if not person.folder:
        withdraw_calendar_secret(person.user)


CALENDARS_OF_PEOPLE = PlaceOfPeople(
    _("The address of their calendar"),
    lambda person: int(not person.folder and bool(calendar_secret(person.user))),
    _forget,
)


def _bytes(secret: str) -> bytes:
    # A browser may send anything.
    return secret.encode("utf-8", "surrogatepass")
