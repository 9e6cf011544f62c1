"""What services are to be told of a page view that the server forwards."""

from collections.abc import Mapping
from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.doors.visitor import has_agreed
from slc.clicktracker.doors.visitor import lasting_session
from slc.clicktracker.forwarding.rules import CONSENT_TO_ALL
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.forwarding.rules import NO_CONSENT
from slc.clicktracker.storage.outbox.plain import PlainHit
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.visits.plain import PlainPageView
from slc.clicktracker.visitors.signals import asks_not_to_be_tracked
from typing import Any
from urllib.parse import quote


#: What stands for itself in the path of an address.
_SAFE = "/@:!$&'()*+,;=~%"


def hits_of(
    view: PlainPageView | None, environ: Mapping[str, Any], rules: ForwardRules
) -> tuple[PlainHit, ...]:
    """Return what each service is to be told of a page view, of None nothing.

    As for the scripts in pages it depends on what the visitor asks for, has agreed to,
    and comes from. Where nobody can tell whether the address is internal, it is.
    """
    if view is None or (rules.signals and asks_not_to_be_tracked(environ)):
        return ()
    agreed = rules.consent == NO_CONSENT or has_agreed(environ)
    if rules.consent == CONSENT_TO_ALL and not agreed:
        return ()
    # Joining page views is what a cookie would do; nobody is known for good.
    lasting = lasting_session(rules.site, view.user, view.folder)
    session = view.session if agreed and view.session != lasting else ""
    address = full_address(environ)
    return tuple(
        PlainHit(
            service=service.service,
            key=view.key,
            at=view.at,
            url=_address(rules.base, view.url),
            title=view.title,
            user=view.user,
            folder=view.folder,
            identity=service.identity(view.user, view.folder, view.name),
            session=session,
            agent=view.agent,
            referrer=view.referrer,
        )
        for service in rules.services
        if not service.internal or (address and address not in service.internal)
    )


def _address(base: str, url: str) -> str:
    """Return the whole address of a page, without its query."""
    return f"{base.rstrip('/')}{quote(url, safe=_SAFE, errors='replace')}"[
        : LIMITS["url"]
    ]
