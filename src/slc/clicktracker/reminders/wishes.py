"""What a site wants of reminders: its settings, in the form in which they are used."""

from dataclasses import dataclass
from plone import api
from slc.clicktracker.reminders.schedule import Schedule
from slc.clicktracker.settings.reminders import days_in
from slc.clicktracker.settings.reminders import InvalidSetting
from slc.clicktracker.settings.reminders import IReminderSettings
from slc.clicktracker.sites.clock import site_timezone
from string import Template
from typing import Any


@dataclass(frozen=True)
class Words:
    """The words that a site has for one kind of mail; "" for those of the add-on."""

    subject: str
    text: str

    def said(self, text: str, **values: str) -> str:
        """Return one of them with values in the place of their names."""
        return Template(text).safe_substitute(values)


@dataclass(frozen=True)
class Wishes:
    """Those of the current site; ``address`` is "" where it has none of its own."""

    to_readers: bool
    to_owners: bool
    schedule: Schedule
    address: str
    reader_words: Words
    owner_words: Words

    @classmethod
    def of_site(cls) -> "Wishes":
        return cls(
            to_readers=bool(_setting("remind_readers")),
            to_owners=bool(_setting("remind_owners")),
            schedule=Schedule.of(
                _days("days_before"), _days("days_after"), site_timezone()
            ),
            address=(_setting("site_address") or "").rstrip("/"),
            reader_words=_words("reader"),
            owner_words=_words("owner"),
        )


def _words(whose: str) -> Words:
    return Words(_setting(f"{whose}_subject") or "", _setting(f"{whose}_text") or "")


def _days(name: str) -> tuple[int, ...]:
    # Other code can put anything into the registry.
    try:
        return days_in(_setting(name))
    except InvalidSetting:
        return days_in(IReminderSettings[name].default)


def _setting(name: str) -> Any:
    """Return a setting; the default in a site that was not upgraded yet."""
    default = IReminderSettings[name].default
    record = f"{IReminderSettings.__identifier__}.{name}"
    return api.portal.get_registry_record(record, default=default)
