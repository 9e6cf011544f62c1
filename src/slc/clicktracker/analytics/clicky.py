"""Clicky: https://clicky.com"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.interfaces import BODY_BOTTOM
from slc.clicktracker.analytics.interfaces import ITestableProvider
from slc.clicktracker.analytics.markup import image_without_script
from slc.clicktracker.analytics.markup import script_tag
from slc.clicktracker.analytics.page import AnalyticsPage
from slc.clicktracker.analytics.service_check import find_service
from slc.clicktracker.analytics.service_check import Finding
from slc.clicktracker.analytics.settings import IForwardedSettings
from slc.clicktracker.analytics.settings import is_by_server
from slc.clicktracker.analytics.settings import setting
from slc.clicktracker.analytics.site_id import is_site_id
from slc.clicktracker.analytics.site_id import is_site_number
from typing import Any
from typing import ClassVar
from zope import schema
from zope.interface import implementer


SCRIPT = "https://static.getclicky.com/js"
IMAGE = "https://in.getclicky.com/{}ns.gif"

#: What of a visitor says who it is, to be found in Clicky's lists.
_NAMES = ("username", "name", "email")


class IClickySettings(IForwardedSettings):
    """Which site of Clicky's a site is."""

    site_id = schema.TextLine(
        title=_("Clicky: site ID"),
        description=_(
            "In Clicky under Preferences, Info. Without it, pages contain nothing of "
            "Clicky."
        ),
        constraint=is_site_id,
        required=False,
    )

    disable_cookies = schema.Bool(
        title=_("Clicky: no cookies"),
        description=_("Clicky then recognises visitors only by their address."),
        default=False,
        required=False,
    )


@implementer(ITestableProvider)
@dataclass(frozen=True)
class Clicky:
    """Its script, with what is said of the page in ``clicky_custom``."""

    title = "Clicky"
    places: ClassVar[Mapping[str, int]] = {BODY_BOTTOM: 0}
    settings = IClickySettings

    def render(self, place: str, page: AnalyticsPage) -> str:
        if is_by_server(IClickySettings):
            return ""
        site_id = setting("site_id", IClickySettings)
        if not is_site_number(site_id):
            return ""
        data = {
            **page.conditions,
            "site": int(site_id),
            "script": SCRIPT,
            "custom": custom_data(page),
        }
        markup = script_tag(page.static_url("clicky.js"), data)
        if page.is_unconditional:
            markup += image_without_script(IMAGE.format(site_id))
        return markup

    def test(self) -> Finding | None:
        """Whether there is such a site, Clicky tells nobody."""
        if not setting("site_id", IClickySettings):
            return None
        return find_service(self.title, {SCRIPT: "clicky"})


def custom_data(page: AnalyticsPage) -> dict[str, Any]:
    """Return ``clicky_custom``: what is said of the page, as far as Clicky knows it."""
    custom = {}
    for name, value in page.said.items():
        name = _SAME.get(name, name)
        check = PROPERTIES.get(name)
        if check is not None and check(value):
            custom[name] = _together(custom.get(name), value)
        else:
            reason = "there is no such property" if check is None else "a bad value"
            complain(f"clicky {name}", "clicky_%s is not sent: %s", name, reason)
    visitor = _visitor(custom.pop("visitor", {}), page)
    if visitor:
        custom["visitor"] = visitor
    if setting("disable_cookies", IClickySettings):
        custom["cookies_disable"] = True
    if any(name in visitor for name in _NAMES) and setting("reset_after_logout"):
        # Clicky would go on to name whoever uses the browser next.
        custom.setdefault("sticky_data_disable", True)
    return custom


def _visitor(said: dict[str, Any], page: AnalyticsPage) -> dict[str, Any]:
    """Return what is said of the visitor, with the name. One that is said is kept, and
    None there names nobody, as elsewhere."""
    known = {"username": page.identity, **said}
    if page.is_shared:
        known = {name: value for name, value in known.items() if name not in _NAMES}
    return {name: value for name, value in known.items() if value is not None}


def _together(before: Any, value: Any) -> Any:
    """Return a value, with what the old name of the same property has said."""
    return {**before, **value} if isinstance(before, dict) else value


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool) or value in (0, 1)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_scalar(value: Any) -> bool:
    return _is_text(value) or _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(
        each is None or isinstance(each, str | int | float) for each in value.values()
    )


def _is_texts(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_timeout(value: Any) -> bool:
    """Minutes. Clicky sends no pings at all for others."""
    return _is_number(value) and 5 <= value <= 240


def _is_goal(value: Any) -> bool:
    if not isinstance(value, dict):
        return _is_scalar(value)
    revenue = value.get("revenue", 0)
    is_named = any(_is_scalar(value.get(key)) for key in ("id", "name"))
    amount = _is_number(revenue) or _is_text(revenue)
    return is_named and amount and value.keys() <= {"id", "name", "revenue"}


def _is_split(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"name", "version", "goal"}:
        return False
    goals = value.get("goal", [])
    goals = goals if isinstance(goals, list) else [goals]
    return (
        _is_text(value.get("name"))
        and _is_scalar(value.get("version"))
        and all(map(_is_scalar, goals))
    )


#: Old names of properties.
_SAME = {"session": "visitor", "advanced_disable": "outbound_disable"}

#: What Clicky knows, and what a value of it has to be.
PROPERTIES: dict[str, Callable[[Any], bool]] = {
    "visitor": _is_flat,
    "visitor_consent": _is_flag,
    "goal": _is_goal,
    "split": _is_split,
    "href": _is_text,
    "title": _is_text,
    "timeout": _is_timeout,
    "pageview_disable": _is_flag,
    "ping_disable": _is_flag,
    "history_disable": _is_flag,
    "heatmap_disable": _is_flag,
    "heatmap_objects": _is_texts,
    "osa_disable": _is_flag,
    "outbound_disable": _is_flag,
    "outbound_pattern": _is_texts,
    "cookies_disable": _is_flag,
    "sticky_data_disable": _is_flag,
    "cookie_domain": _is_text,
    "visitor_keys_cookie": _is_texts,
    "iframe": _is_flag,
    "timer": _is_number,
    "html_media_track": _is_flag,
    "queue_disable": _is_flag,
}
