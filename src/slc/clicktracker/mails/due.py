"""When the summary of a subscription is due, by the calendar of the site."""

from datetime import date
from datetime import datetime
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.subscription import Subscription
from typing import Any


def occasion_of(subscription: Subscription, now: datetime, zone: Any) -> str:
    """Return what a summary of this moment is for: the first day of its period."""
    return subscription.rhythm.period(now, zone).isoformat()


def is_due(
    subscription: Subscription, delivery: Delivery, now: datetime, zone: Any
) -> bool:
    """Is there still a summary to send in this period? The first one is sent in the period
    after the one in which somebody has subscribed."""
    return days_late(subscription, delivery, now, zone) >= 0


def days_late(
    subscription: Subscription, delivery: Delivery, now: datetime, zone: Any
) -> int:
    """Return for how many days a summary has been due, less than 0 where none is."""
    today = now.astimezone(zone).date()
    done = delivery.done or occasion_of(subscription, subscription.since, zone)
    return (today - subscription.rhythm.after(date.fromisoformat(done))).days
