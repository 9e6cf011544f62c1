"""Page views as the server sees them: what it was asked for and what it has answered.

For sites that want no script for visits. Nobody knows then whether anybody looked at the
answer, and what a cache or the browser answers is not seen at all.
"""

from http import HTTPStatus
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.asked_for import is_to_be_read
from slc.clicktracker.doors.banned import Banned
from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.doors.delivered import complain
from slc.clicktracker.doors.delivered import out_of_the_way
from slc.clicktracker.doors.page_view import agent_of
from slc.clicktracker.doors.page_view import elsewhere
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.doors.visit_ticket import page_address
from slc.clicktracker.doors.visitor import Visitor
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import log_in_cookie
from slc.clicktracker.sites.rules import spool_limit
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visitor_rules import roles_and_groups
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.plain import PlainPageView
from slc.clicktracker.tickets.credential import credential
from slc.clicktracker.tickets.visit_rules import VisitRules
from typing import Any
from uuid import uuid4
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher.interfaces import IPubFailure
from ZPublisher.interfaces import IPubSuccess


def note_answer(event: IPubSuccess) -> None:
    """Have the page view of a request noted that was answered."""
    _note(event.request, event.request.response.getStatus())


def note_failure(event: IPubFailure) -> None:
    """The same of a request that failed, unless it is made once more, or comes from who
    may not see the site."""
    error = event.exc_info[1]
    if not event.retry and not isinstance(error, Banned):
        status = getattr(error, "getStatus", lambda: HTTPStatus.INTERNAL_SERVER_ERROR)
        _note(event.request, int(status()))


def note_log_out(event: Any) -> None:
    """Have it noted that a member has logged out, which ends the visit."""
    request = getRequest()
    with out_of_the_way():
        rules = visit_rules("") if IClickTrackerLayer.providedBy(request) else None
        if rules is not None:
            _keep(_view(request, rules, HTTPStatus.OK, "", is_exit=True))


def _note(request: IBrowserRequest, status: int) -> None:
    """The answer is made and the transaction over: nothing may happen to it now."""
    try:
        if not IClickTrackerLayer.providedBy(request):
            return
        rules = visit_rules(SERVER)
        if rules is None or not _is_page(request, status):
            return
        shown = shown_content(request) if status == HTTPStatus.OK else None
        view = _view(request, rules, status, page_address(request, shown))
        whose = roles_and_groups()
        if rules.whose.decide(
            view.address, view.agent, view.url, status, *whose
        ).tracked:
            if shown is not None:
                title = shown.Title()[: LIMITS["title"]]
                view = view._replace(uid=document_uid(shown), title=title)
            _keep(view)
    except Exception as error:
        complain(error)


def _is_page(request: IBrowserRequest, status: int) -> bool:
    """Is it a page that was asked for? What an error would have been, only the browser
    knows."""
    kind = request.response.getHeader("Content-Type")
    if status >= HTTPStatus.BAD_REQUEST:
        kind = request.getHeader("Accept")
    return (
        "text/html" in (kind or "")
        and not IContentIsIgnored.providedBy(request)
        and request.getHeader("X-Requested-With") != "XMLHttpRequest"
        and is_to_be_read(request)
    )


def _view(
    request: IBrowserRequest,
    rules: VisitRules,
    status: int,
    url: str,
    is_exit: bool = False,
) -> PlainPageView:
    environ = request.environ
    now = utc_now()
    user, folder = current_user()
    log_in = credential(environ, log_in_cookie(), now)
    visitor = Visitor.of(environ, rules, is_guest=not user)
    site = document_uid(getUtility(ISiteRoot))
    return PlainPageView(
        key=uuid4().hex,
        at=microseconds(now),
        seen=microseconds(now),
        url=url[: LIMITS["url"]],
        uid="",
        title="",
        user=user,
        folder=folder,
        name="",
        session=visitor.session(site, user, folder, log_in),
        address=full_address(environ),
        agent=agent_of(environ),
        gap=round(rules.gap.total_seconds()),
        referrer=elsewhere(environ.get("HTTP_REFERER", ""), environ),
        query=environ.get("QUERY_STRING", "")[: LIMITS["query"]]
        if rules.queries
        else "",
        method=request.method[: LIMITS["method"]],
        status=status,
        source=SERVER,
        is_exit=is_exit,
    )


def _keep(view: PlainPageView) -> None:
    tell_storage()
    collector().notes.add(document_uid(getUtility(ISiteRoot)), view, spool_limit())
