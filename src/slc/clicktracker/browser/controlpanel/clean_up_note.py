"""What the control panel says of forgetting visitors: how it is done, and when it was."""

from datetime import datetime
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.sites.clean_up import CleanUp
from slc.clicktracker.sites.clean_up import last_clean_up
from slc.clicktracker.sites.evidence_clean_up import evidence_limits
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time


#: It is meant to be done each night, and one night may fail.
OVERDUE = timedelta(days=2)


def clean_up_notice(now: datetime | None = None) -> Notice:
    """Return when visitors were forgotten last, and how bad that is."""
    last = last_clean_up()
    if last is None:
        return _never()
    if (now or utc_now()) - last.at > OVERDUE:
        text = _(
            "It has not run since ${time}, so data is kept for longer than set here.",
            mapping={"time": local_time(last.at)},
        )
        return Notice("danger", text)
    return Notice("info", _what_was_done(last))


def evidence_notice(now: datetime | None = None) -> Notice | None:
    """Return the same of readings and declarations; None where all is kept for good."""
    now = now or utc_now()
    if not evidence_limits(now):
        return None
    last = last_clean_up()
    if last is None:
        text = _(
            "Nothing is removed by itself: run the command clicktracker clean-up, for "
            "example each night. It has never run."
        )
        return Notice("danger", text)
    if now - last.at > OVERDUE:
        return clean_up_notice(now)
    return Notice("info", _what_was_removed(last))


def _never() -> Notice:
    level = "danger" if visitor_setting("enabled") else "info"
    return Notice(level, _("It has never run."))


def _what_was_removed(last: CleanUp) -> object:
    return _(
        "It last ran ${time}. Single page views removed: ${accesses}, readings removed: "
        "${readings}, days removed: ${days}, declarations removed: ${declarations}.",
        mapping={
            "time": local_time(last.at),
            **{
                name: localized_number(getattr(last, name))
                for name in ("accesses", "readings", "days", "declarations")
            },
        },
    )


def _what_was_done(last: CleanUp) -> object:
    return _(
        "It last ran ${time}. Page views removed: ${page_views}, visits removed: "
        "${visits}, addresses shortened: ${addresses}.",
        mapping={
            "time": local_time(last.at),
            **{
                name: localized_number(getattr(last, name))
                for name in ("page_views", "visits", "addresses")
            },
        },
    )
