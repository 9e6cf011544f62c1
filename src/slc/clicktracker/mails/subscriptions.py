"""Who has subscribed which summaries, in the current site.

One member has one subscription for a place at most. What has ended is removed: that
somebody once wanted mails is nothing to keep.
"""

from collections.abc import Iterator
from dataclasses import replace
from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker import _
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.mails.deliveries import forget_deliveries
from slc.clicktracker.mails.rhythm import Rhythm
from slc.clicktracker.mails.rhythm import rhythm_of
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from zope.component.hooks import getSite

import secrets


#: By user and place: so two requests at once can't subscribe twice.
_record = SiteRecord("mail-subscriptions")


def subscribe(user: str, place: str, rhythm: Rhythm, base: str) -> Subscription:
    """Let a member have a summary of a place from now on, or change how often."""
    known = subscription_of(user, place)
    if known is None:
        new = Subscription(secrets.token_hex(16), user, place, rhythm, utc_now(), base)
    else:
        new = replace(known, rhythm=rhythm, base=base)
    _record.set(_key(user, place), _to_record(new))
    return new


def subscription_of(user: str, place: str) -> Subscription | None:
    """Return what a member has subscribed for a place, None for nothing."""
    kept = _record.get(_key(user, place))
    return _from_record(kept) if kept else None


def subscription_with(id_: str) -> Subscription | None:
    """Return the subscription with an id, None where there is none."""
    return next((each for each in subscriptions() if each.id == id_), None)


def subscriptions() -> Iterator[Subscription]:
    """Yield all of the site, by member and place."""
    return map(_from_record, list(_record.all().values()))


def end(subscription: Subscription) -> bool:
    """End a subscription, and forget what was sent for it. Return False where it had ended
    already."""
    if subscription_of(subscription.user, subscription.place) is None:
        return False
    _record.set(_key(subscription.user, subscription.place), ())
    forget_deliveries(subscription.id)
    return True


def end_subscriptions_of_account(event: IPrincipalDeletedEvent) -> None:
    """A later account of the same id is somebody else, and has subscribed nothing."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    user = str(event.principal)
    for subscription in list(subscriptions()):
        if subscription.user == user:
            end(subscription)


def _of(person: Reader) -> list[Subscription]:
    if person.folder:
        return []
    return [each for each in subscriptions() if each.user == person.user]


def _forget(person: Reader, pseudonym: str, erase: bool) -> None:
    for subscription in _of(person):
        end(subscription)


SUBSCRIPTIONS_OF_PEOPLE = PlaceOfPeople(
    _("Reports that they get by mail"), lambda person: len(_of(person)), _forget
)


def _key(user: str, place: str) -> str:
    return f"{user}\n{place}"


def _to_record(subscription: Subscription) -> tuple:
    return (
        subscription.id,
        subscription.user,
        subscription.place,
        subscription.rhythm.name,
        microseconds(subscription.since),
        subscription.base,
    )


def _from_record(kept: tuple) -> Subscription:
    id_, user, place, rhythm, since, base = kept
    return Subscription(
        id_, user, place, rhythm_of(rhythm) or WEEKLY, from_microseconds(since), base
    )
