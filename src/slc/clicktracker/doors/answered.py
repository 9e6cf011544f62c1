"""``Answered``: what the server has answered, until there is time to look at it."""

from collections.abc import Mapping
from http import HTTPStatus
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.doors.asked_for import is_to_be_read
from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.doors.followed import event_of
from slc.clicktracker.doors.forwarded import hits_of
from slc.clicktracker.doors.out_of_the_way import complain
from slc.clicktracker.doors.page_view import agent_of
from slc.clicktracker.doors.page_view import elsewhere
from slc.clicktracker.doors.page_view import hosts_of
from slc.clicktracker.doors.visitor import Visitor
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.outbox.plain import PlainHit
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.plain import PlainPageView
from slc.clicktracker.tickets.credential import credential
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.visit_rules import VisitRules
from typing import Any
from typing import NamedTuple
from uuid import uuid4


#: What is looked at of the WSGI environment of a request.
_LOOKED_AT = (
    "HTTP_COOKIE",
    "HTTP_DNT",
    "HTTP_HOST",
    "HTTP_ORIGIN",
    "HTTP_PURPOSE",
    "HTTP_REFERER",
    "HTTP_SEC_FETCH_DEST",
    "HTTP_SEC_GPC",
    "HTTP_SEC_PURPOSE",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_MOZ",
    "HTTP_X_PURPOSE",
    "HTTP_X_REQUESTED_WITH",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "wsgi.url_scheme",
)


class Answered(NamedTuple):
    """A request with all that Zope knows of it, as plain values.

    Nobody who asked for a page is to wait for more: whose browser it is, and whether its
    page views are recorded, is found out when the notes are taken to the spool.
    ``at`` is in microseconds since 1970, ``address`` that of the server as visitors know
    it, ``whose`` the roles and groups of the user, ``forwarding`` what services are told.
    ``is_exit`` says that the request was a log-out, ``has_other_log_in`` that it carries a
    log-in that is no cookie. ``members`` are those whose events are recorded, path and
    type those of what was shown.
    """

    at: int
    environ: Mapping[str, Any]
    address: str
    rules: VisitRules
    cookie: LogInCookie
    site: str
    user: str
    folder: str
    whose: tuple[tuple[str, ...], tuple[str, ...]]
    method: str
    status: int
    url: str
    uid: str = ""
    title: str = ""
    is_exit: bool = False
    has_other_log_in: bool = False
    forwarding: ForwardRules | None = None
    members: Mapping[str, str] = {}
    path: str = ""
    portal_type: str = ""

    def __call__(self) -> tuple[PlainRecord, ...]:
        """Return the page view, with the event of a member whose events are recorded and
        what services are told; nothing where it isn't recorded. Raises nothing."""
        try:
            if self.is_exit or self._is_looked_at():
                view = self._recorded(self._view())
                if view is not None:
                    event = event_of(view, self.members, self.path, self.portal_type)
                    return (view, *event, *self._hits(view))
        except Exception as error:
            complain(error)
        return ()

    def _hits(self, view: PlainPageView) -> tuple[PlainHit, ...]:
        is_page = not view.is_exit and view.status == HTTPStatus.OK
        if self.forwarding is None or not is_page:
            return ()
        return hits_of(view, self.environ, self.forwarding)

    def _is_looked_at(self) -> bool:
        """Was it asked for by itself, and not by a script or in advance?"""
        by_script = (
            self.environ.get("HTTP_X_REQUESTED_WITH") == "XMLHttpRequest"
            or self.environ.get("HTTP_SEC_FETCH_DEST") == "empty"
        )
        return not by_script and is_to_be_read(self.header)

    def header(self, name: str) -> str | None:
        """Return a header of the request by its name."""
        return self.environ.get(f"HTTP_{name.upper().replace('-', '_')}")

    def _recorded(self, view: PlainPageView) -> PlainPageView | None:
        """Return what is kept of it, if anything. Where Zope finds no page, it doesn't ask
        who is logged in: then the page view is of nobody, and of no session."""
        whose = self.rules.whose
        if self._is_of_somebody():
            if whose.depend_on_the_user:
                return None
            view = view._replace(session="")
        seen = view.address, view.agent, view.url, view.status
        return view if whose.decide(*seen, *self.whose).tracked else None

    def _is_of_somebody(self) -> bool:
        """Is somebody logged in of whom Zope hasn't found out who it is?"""
        unknown = not (self.user or self.is_exit)
        return unknown and (self.has_other_log_in or bool(self._log_in()))

    def _log_in(self) -> str:
        return credential(self.environ, self.cookie, from_microseconds(self.at))

    def _view(self) -> PlainPageView:
        environ, rules = self.environ, self.rules
        visitor = Visitor.of(environ, rules, self.site, is_guest=not self.user)
        query = environ.get("QUERY_STRING", "") if rules.queries else ""
        return PlainPageView(
            key=uuid4().hex,
            at=self.at,
            seen=self.at,
            url=self.url[: LIMITS["url"]],
            uid=self.uid,
            title=self.title[: LIMITS["title"]],
            user=self.user,
            folder=self.folder,
            name="",
            session=visitor.session(self.site, self.user, self.folder, self._log_in()),
            address=full_address(environ),
            agent=agent_of(environ),
            gap=round(rules.gap.total_seconds()),
            referrer=elsewhere(
                environ.get("HTTP_REFERER", ""), hosts_of(environ, self.address)
            ),
            query=query[: LIMITS["query"]],
            method=self.method[: LIMITS["method"]],
            status=self.status,
            source=SERVER,
            is_exit=self.is_exit,
            ahead=rules.ahead(self.at),
        )


def looked_at(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a WSGI environment that is looked at later."""
    return {name: environ[name] for name in _LOOKED_AT if name in environ}
