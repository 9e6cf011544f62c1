"""Matomo: https://matomo.org"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.interfaces import BODY_BOTTOM
from slc.clicktracker.analytics.interfaces import ITestableProvider
from slc.clicktracker.analytics.markup import image_without_script
from slc.clicktracker.analytics.markup import script_tag
from slc.clicktracker.analytics.page import AnalyticsPage
from slc.clicktracker.analytics.service_address import InvalidServiceAddress
from slc.clicktracker.analytics.service_address import is_service_address
from slc.clicktracker.analytics.service_address import ServiceAddress
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
from zope.globalrequest import getRequest
from zope.i18nmessageid import Message
from zope.interface import implementer


Command = list[Any]

#: Matomo's own default; a variable beyond it would never arrive.
_MOST_VARIABLES = 5


#: What is asked at Matomo's address, and what somebody may copy who looks for that.
_FILES = ("matomo.php", "matomo.js", "piwik.php", "piwik.js", "index.php")


class AddressOfFile(InvalidServiceAddress):
    """It leads to a file of Matomo's, not to Matomo."""

    def doc(self) -> Message:
        return _(
            "This is the address of a file in Matomo. Enter ${address}.",
            mapping={"address": self.args[0]},
        )


def is_matomo_address(text: str) -> bool:
    """A constraint of the field: raises ``InvalidServiceAddress``."""
    place = ServiceAddress.of(text.rstrip("/") or text).place
    folder, _slash, name = place.rpartition("/")
    if folder and name.lower() in _FILES:
        raise AddressOfFile(folder)
    return is_service_address(text)


class IMatomoSettings(IForwardedSettings):
    """Which Matomo a site tells of its page views, and how much."""

    address = schema.TextLine(
        title=_("Matomo: address"),
        description=_(
            "The host, with port and path if needed, such as stats.example.org or "
            "www.example.org/matomo. Without it, the pages carry nothing of Matomo."
        ),
        constraint=is_matomo_address,
        required=False,
    )

    site_id = schema.TextLine(
        title=_("Matomo: site ID"),
        description=_("The number in Matomo's Administration, Websites."),
        constraint=is_site_id,
        required=False,
    )

    https = schema.Bool(
        title=_("Matomo: always by HTTPS"),
        description=_("Otherwise, pages loaded by HTTP contact Matomo by HTTP, too."),
        default=True,
        required=False,
    )

    disable_cookies = schema.Bool(
        title=_("Matomo: no cookies"),
        description=_("Matomo then recognises visitors less reliably."),
        default=False,
        required=False,
    )

    link_tracking = schema.Bool(
        title=_("Matomo: count downloads and links to other sites"),
        default=True,
        required=False,
    )

    heartbeat = schema.Int(
        title=_("Matomo: seconds until time on a page is counted"),
        description=_(
            "If people look at a page for this long, their time is counted when they "
            "leave, even on the last page of a visit. 15 is usual. 0 switches this off."
        ),
        default=0,
        min=0,
        max=3600,
    )


@implementer(ITestableProvider)
@dataclass(frozen=True)
class Matomo:
    """Its script, with what is said of the page as calls in ``_paq``."""

    title = "Matomo"
    # Behind Clicky, whose name comes first.
    places: ClassVar[Mapping[str, int]] = {BODY_BOTTOM: 0}
    settings = IMatomoSettings

    def render(self, place: str, page: AnalyticsPage) -> str:
        if is_by_server(IMatomoSettings):
            return ""
        site_id = setting("site_id", IMatomoSettings)
        address = matomo_address()
        if address is None or not is_site_number(site_id):
            return ""
        base = address.url(https=bool(setting("https", IMatomoSettings)))
        user = page.identity
        named = [] if user is None else [["setUserId", user]]
        data = {
            **page.conditions,
            "before": [*_set_up(base, site_id), *_said(page.said), *named],
            "after": list(_calls_after()),
            "named": bool(named),
            "reset": bool(setting("reset_after_logout")),
            "script": f"{base}/matomo.js",
        }
        markup = script_tag(page.static_url("matomo.js"), data)
        if page.is_unconditional:
            markup += image_without_script(f"{base}/matomo.php?idsite={site_id}&rec=1")
        return markup

    def test(self) -> Finding | None:
        """Ask for the script and for what counts page views, which counts nothing then."""
        address = matomo_address()
        if address is None:
            return None
        base = address.url(https=bool(setting("https", IMatomoSettings)))
        if base.startswith("//"):
            base = f"{getRequest().getURL().partition(':')[0]}:{base}"
        return find_service(
            self.title, {f"{base}/matomo.js": "_paq", f"{base}/matomo.php": "matomo"}
        )


def matomo_address() -> ServiceAddress | None:
    """Return where Matomo is, None where nobody says or it can't be understood."""
    text = setting("address", IMatomoSettings)
    if not text:
        return None
    try:
        return ServiceAddress.of(text)
    except InvalidServiceAddress:
        complain("matomo address", "The address of Matomo can't be understood")
        return None


def _set_up(base: str, site_id: str) -> Iterator[Command]:
    if setting("respect_signals"):
        yield ["setDoNotTrack", True]
    if setting("disable_cookies", IMatomoSettings):
        yield ["disableCookies"]
    yield ["setTrackerUrl", f"{base}/matomo.php"]
    yield ["setSiteId", int(site_id)]


def _said(said: dict[str, Any]) -> Iterator[Command]:
    yield from _variables(said.pop("vars", None))
    yield from _dimensions(said.pop("dimensions", None))
    for name in said:
        complain(
            f"matomo {name}", "matomo_%s is not sent: there is no such thing", name
        )


def _calls_after() -> Iterator[Command]:
    if setting("link_tracking", IMatomoSettings):
        yield ["enableLinkTracking"]
    seconds = setting("heartbeat", IMatomoSettings)
    if seconds:
        yield ["enableHeartBeatTimer", seconds]


def _variables(said: Any) -> list[Command]:
    """Return custom variables; of two with one index and scope the later one."""
    calls = {}
    for entry in said if isinstance(said, list) else []:
        variable = _variable(entry)
        if variable is None:
            complain(
                "matomo_vars",
                "An entry of matomo_vars is not sent: it is no index from 1 to %d, name, "
                "value and scope, which is page or visit",
                _MOST_VARIABLES,
            )
        else:
            index, _name, _value, scope = variable
            calls[index, scope] = ["setCustomVariable", *variable]
    if said is not None and not isinstance(said, list):
        complain("matomo_vars", "matomo_vars is not sent: it is no list")
    return list(calls.values())


def _variable(entry: Any) -> tuple[int, str, str, str] | None:
    if not isinstance(entry, list) or len(entry) not in (3, 4):
        return None
    index, name, value, scope = (*entry, "page")[:4]
    text = _text(value)
    is_right = (
        _is_index(index)
        and index <= _MOST_VARIABLES
        and isinstance(name, str)
        and name.strip()
        and text is not None
        and scope in ("page", "visit")
    )
    return (index, name, text, scope) if is_right else None


def _dimensions(said: Any) -> Iterator[Command]:
    """Yield custom dimensions, which are numbered in Matomo."""
    if said is not None and not isinstance(said, dict):
        complain("matomo_dimensions", "matomo_dimensions is not sent: it is no mapping")
        return
    for number, value in (said or {}).items():
        text = _text(value)
        if is_site_number(number) and int(number) > 0 and text is not None:
            yield ["setCustomDimension", int(number), text]
        else:
            complain(
                "matomo_dimensions",
                "An entry of matomo_dimensions is not sent: it is no number and text",
            )


def _is_index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)
