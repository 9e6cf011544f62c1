"""What is doubtful about goals that can be understood: nobody may ever reach them, or no
service be told."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.forwarding import CLICKY
from slc.clicktracker.analytics.forwarding import MATOMO
from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.analytics.matomo import matomo_address
from slc.clicktracker.analytics.settings import is_by_server
from slc.clicktracker.analytics.settings import setting
from slc.clicktracker.browser.controlpanel.known_place import is_there
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.forwarding import forward_rules
from slc.clicktracker.sites.goals import site_goals
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.words.isolated import isolated
from zope.i18nmessageid import Message


#: What services are called, and where their settings are.
_SERVICES = {MATOMO: ("Matomo", IMatomoSettings), CLICKY: ("Clicky", IClickySettings)}

_NO_DOWNLOAD = _("“${name}”: downloads are never sent to a service.")
_NOT_CONFIGURED = _("“${name}”: ${service} is not configured, so it receives nothing.")
_NOT_FORWARDED = _("“${name}”: nothing is forwarded to ${service} now, not even goals.")
_NO_LEVEL = _(
    "“${name}”: ${service} only receives events, because its script is in the pages. "
    "Only this server knows how far somebody has read."
)


def doubts_about_goals() -> Iterator[Message]:
    """Yield what is doubtful about the goals of the site, in their order."""
    first: dict[tuple[str, str], Goal] = {}
    for goal in site_goals():
        name = isolated(goal.name)
        if goal.event and not are_page_events_on():
            yield _(
                "“${name}”: “Events from pages” is off, so nobody can reach it now.",
                mapping={"name": name},
            )
        if not is_there(goal.place):
            yield _(
                "“${name}”: there is nothing at ${place} now.",
                mapping={"name": name, "place": isolated(goal.place)},
            )
        for service, number in goal.services:
            title, _settings = _SERVICES[service]
            doubt = _why_not_told(goal, service)
            if doubt:
                yield Message(doubt, mapping={"name": name, "service": title})
            other = first.setdefault((service, number), goal)
            if other is not goal:
                yield _(
                    "“${name}” has the same number in ${service} as “${other}”, so "
                    "both are one goal there.",
                    mapping={
                        "name": name,
                        "service": title,
                        "other": isolated(other.name),
                    },
                )


def _why_not_told(goal: Goal, service: str) -> Message | None:
    _title, settings = _SERVICES[service]
    if goal.level == DOWNLOADED:
        return _NO_DOWNLOAD
    if not _is_configured(service):
        return _NOT_CONFIGURED
    if not is_by_server(settings):
        return None if goal.event else _NO_LEVEL
    rules = forward_rules()
    told = rules.services if rules else ()
    return None if service in [each.service for each in told] else _NOT_FORWARDED


def _is_configured(service: str) -> bool:
    _title, settings = _SERVICES[service]
    has_place = service != MATOMO or matomo_address() is not None
    return bool(setting("site_id", settings)) and has_place
