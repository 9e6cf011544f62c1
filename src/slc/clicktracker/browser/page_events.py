"""The viewlet that lets scripts of a page say what happens on it."""

from collections.abc import Sequence
from html import escape
from plone.app.layout.viewlets.common import ViewletBase
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.goals import goal_rules
from slc.clicktracker.sites.public_name import said_name
from slc.clicktracker.sites.rules import current_user

import json


class PageEventsViewlet(ViewletBase):
    """One external script, or nothing. Only for a member whose events are recorded it is
    told where to send them, for other members where to send what is a goal; so what guests
    get is the same for all, as caches share it."""

    def render(self) -> str:
        if not are_page_events_on() or IContentIsIgnored.providedBy(self.request):
            return ""
        goals = self._goals()
        user, folder = current_user()
        attributes = {"src": static_url(self.site_url, "events.js")}
        if not folder and user in recorded_members():
            attributes["data-endpoint"] = self.site_url
        elif user and goals:
            attributes["data-goals-endpoint"] = self.site_url
        if name := said_name():
            attributes["data-name"] = name
        if goals:
            attributes["data-goals"] = json.dumps(_told(goals), sort_keys=True)
        written = " ".join(
            f'{name}="{escape(text)}"' for name, text in attributes.items()
        )
        return f"<script defer {written}></script>"

    def _goals(self) -> Sequence[Goal]:
        rules = goal_rules()
        path = "/".join(self.context.getPhysicalPath())
        return rules.events(path) if rules else ()


def _told(goals: Sequence[Goal]) -> dict[str, list[dict[str, str]]]:
    """Return what the services call the goals that each event is."""
    told: dict[str, list[dict[str, str]]] = {}
    for goal in goals:
        told.setdefault(goal.event, []).append(dict(goal.ids))
    return told
