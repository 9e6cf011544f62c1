"""Page views as the server sees them: what it was asked for and what it has answered.

For sites that want no script for visits. Nobody knows then whether anybody looked at the
answer, and what a cache or the browser answers is not seen at all.
"""

from collections.abc import Mapping
from http import HTTPStatus
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.answer_rules import AnswerRules
from slc.clicktracker.doors.answer_rules import KEPT_RULES
from slc.clicktracker.doors.answered import Answered
from slc.clicktracker.doors.answered import looked_at
from slc.clicktracker.doors.banned import Banned
from slc.clicktracker.doors.out_of_the_way import complain
from slc.clicktracker.doors.out_of_the_way import out_of_the_way
from slc.clicktracker.doors.page_ticket import is_counted
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.doors.visit_ticket import page_address
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import log_in_cookie
from slc.clicktracker.sites.rules import spool_limit
from slc.clicktracker.sites.signals import has_objected
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visitor_rules import roles_and_groups
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tickets.credential import LOG_INS
from slc.clicktracker.visitors.signals import asks_not_to_be_tracked
from typing import Any
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher.interfaces import IPubFailure
from ZPublisher.interfaces import IPubSuccess

import time


#: Roles and groups where no rule is about any.
_NOBODYS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


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
        if rules is not None and not has_objected(request):
            tell_storage()
            site = document_uid(getUtility(ISiteRoot))
            known = AnswerRules(
                site,
                rules,
                cookie=log_in_cookie(),
                spool_limit=spool_limit(),
                depend_on_the_user=rules.whose.depend_on_the_user,
            )
            _keep(request, known, HTTPStatus.OK, current_user(), url="", is_exit=True)


def _note(request: IBrowserRequest, status: int) -> None:
    """The answer is made and the transaction over: nothing may happen to it now."""
    try:
        if not IClickTrackerLayer.providedBy(request):
            return
        # Whatever is looked up takes long, as the page has just used the processor's
        # caches for itself: once, and no more than is needed.
        site = getUtility(ISiteRoot)
        rules = KEPT_RULES.of_site(site)
        if rules.visits is None or not _is_page(request, status):
            return
        if rules.signals and asks_not_to_be_tracked(request.environ):
            return
        shown = shown_content(request) if status == HTTPStatus.OK else None
        who = current_user()
        of_content = {}
        if shown is not None:
            of_content = {"uid": document_uid(shown), "title": shown.Title()}
            of_content |= _of_event(shown, request, who, rules.members)
        _keep(request, rules, status, who, page_address(request, shown), **of_content)
    except Exception as error:
        complain(error)


def _of_event(
    shown: Any,
    request: IBrowserRequest,
    who: tuple[str, str],
    members: Mapping[str, str],
) -> dict[str, Any]:
    """Return the group of the current user and what was shown, where the page view is an
    event: not where a read will be one."""
    user, folder = who
    group = "" if folder else members.get(user, "")
    if not group or is_counted(shown, request):
        return {}
    return {
        "members": {user: group},
        "path": "/".join(shown.getPhysicalPath()),
        "portal_type": shown.portal_type or "",
    }


def _is_page(request: IBrowserRequest, status: int) -> bool:
    """Is the answer a page? What an error would have been, only the browser knows."""
    if status >= HTTPStatus.BAD_REQUEST:
        kind = request.environ.get("HTTP_ACCEPT")
    else:
        kind = request.response.getHeader("Content-Type")
    return "text/html" in (kind or "") and not IContentIsIgnored.providedBy(request)


def _keep(
    request: IBrowserRequest,
    rules: AnswerRules,
    status: int,
    who: tuple[str, str],
    url: str,
    **more: Any,
) -> None:
    """Keep what Zope knows; the rest is done when the notes are taken to the spool."""
    user, folder = who
    forwarding = rules.forwarding
    if forwarding is not None:
        # The site may have several addresses.
        path = getUtility(ISiteRoot).getPhysicalPath()
        base = request.physicalPathToURL(path)
        forwarding = forwarding._replace(base=base)
    answered = Answered(
        at=time.time_ns() // 1000,
        environ=looked_at(request.environ),
        address=request["SERVER_URL"],
        rules=rules.visits,
        cookie=rules.cookie,
        site=rules.site,
        user=user,
        folder=folder,
        whose=roles_and_groups() if rules.depend_on_the_user else _NOBODYS,
        method=request.method,
        status=status,
        url=url,
        has_other_log_in=any(map(request.environ.get, LOG_INS)),
        forwarding=forwarding,
        **more,
    )
    collector().notes.add(rules.site, answered, rules.spool_limit)
