"""An account that is deleted: a later one of the same id was reminded of nothing."""

from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.mails.deliveries import forget_deliveries
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import KINDS
from slc.clicktracker.reminders.reminded import forget_reminded
from zope.component.hooks import getSite


def forget_reminders_of_account(event: IPrincipalDeletedEvent) -> None:
    """Forget what was sent to it, and what waits."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    for kind in KINDS:
        key = key_of(kind, str(event.principal))
        forget_deliveries(key)
        forget_reminded(key)
