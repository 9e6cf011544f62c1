"""An account that is deleted: a later one of the same id was reminded of nothing."""

from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker import _
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.deliveries import forget_deliveries
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import KINDS
from slc.clicktracker.reminders.reminded import forget_reminded
from slc.clicktracker.reminders.reminded import reminded
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.storage.model import Reader
from zope.component.hooks import getSite


def forget_reminders_of_account(event: IPrincipalDeletedEvent) -> None:
    """Forget what was sent to it, and what waits."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    _forget(str(event.principal))


def _forget(user: str) -> None:
    for kind in KINDS:
        key = key_of(kind, user)
        forget_deliveries(key)
        forget_reminded(key)


def _number_of(person: Reader) -> int:
    if person.folder:
        return 0
    return sum(
        len(reminded(key)) or delivery_of(key) != Delivery()
        for kind in KINDS
        for key in (key_of(kind, person.user),)
    )


def _forget_person(person: Reader, pseudonym: str, erase: bool) -> None:
    if not person.folder:
        _forget(person.user)


REMINDERS_OF_PEOPLE = PlaceOfPeople(
    _("Reminders that they got"), _number_of, _forget_person
)
