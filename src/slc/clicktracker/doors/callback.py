"""``@@clicktracker-callback``: the door for beacons inside Plone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from datetime import timezone
from slc.clicktracker.collector.beacon import LONGEST_BODY
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.doors.admission import admit
from slc.clicktracker.doors.admission import Admitted
from slc.clicktracker.doors.cross_origin import CrossOriginView
from slc.clicktracker.doors.filter import ADDRESS
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.senders import tell_senders
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.doors.transaction_join import keep_with_transaction
from slc.clicktracker.doors.transaction_join import store
from slc.clicktracker.doors.visit_ticket import is_visitor
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import site_rules
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.tokens import user_of_token
from slc.clicktracker.sites.tokens import whole_environ
from slc.clicktracker.tickets.credential import tokens
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.publisher.interfaces.http import IHTTPResponse


class Callback(CrossOriginView):
    """Takes one beacon. Answers 200 when the access is safe, else why not.

    What the filter needs to answer the next ones is told to it here.
    """

    def answer(self) -> str:
        request, response = self.request, self.request.response
        response.setHeader("Cache-Control", "no-store")
        # Else Zope makes a 204 of it, see the filter.
        response.setHeader("Content-Length", "0")
        process = collector()
        rules = site_rules()
        try:
            body = read_body(request)
            environ = whole_environ(request)
            admitted = admit(
                body,
                environ,
                _rules_here(rules),
                process.limits,
                lambda: _user(environ),
            )
        except Refused as refused:
            refuse(response, refused, rules.site)
            return ""
        if admitted.set_cookie:
            response.addHeader("Set-Cookie", admitted.set_cookie)
        if ADDRESS in request.environ:
            process.primed.tell(request.environ[ADDRESS], rules)
        keep_with_transaction(
            _keeper(process, rules, admitted),
            lambda refused: refuse(response, refused, rules.site),
        )
        return ""


def _user(environ: dict[str, Any]) -> tuple[str, str]:
    """Return who sends it: a browser has the token of a frontend in a cookie, too, of
    which Plone knows nothing, and sends that alone once the page is left."""
    user, folder = current_user()
    if user:
        return user, folder
    found = tokens(environ, datetime.now(timezone.utc))
    who = (user_of_token(each) for each in found)
    return next((each for each in who if each[0]), ("", ""))


def _rules_here(rules: SiteRules) -> SiteRules:
    """Return what counts for the user of this request: a page that was made for somebody
    else doesn't know whether their visits are recorded."""
    if rules.visits is None or is_visitor():
        return rules
    return replace(rules, visits=None)


def _keeper(
    process: Collector, rules: SiteRules, admitted: Admitted
) -> Callable[[], None]:
    """Return what keeps it: the collector, which finds the storage by itself, or a
    storage of two methods right now, which has no visits."""
    if not rules.takes_batches:
        storage = site_storage()
        (access,) = admitted.records
        return lambda: store(storage, access)
    tell_storage()
    tell_senders()
    return lambda: process.accept(rules, *admitted.records)


def refuse(response: IHTTPResponse, refused: Refused, site: str) -> None:
    """Say in status and headers why a request is refused, and count that."""
    collector().counters.count(site, refused.reason.header)
    response.setStatus(refused.reason.status)
    for name, value in refused.headers:
        response.setHeader(name, value)


def read_body(request: IBrowserRequest) -> bytes:
    """Return the body of a POST request. Raises ``Refused``."""
    if request.method != "POST":
        raise Refused(Reason.NOT_POST)
    file = request.get("BODYFILE")
    body = file.read(LONGEST_BODY + 1) if file is not None else b""
    if len(body) > LONGEST_BODY:
        raise Refused(Reason.BODY_TOO_LARGE)
    return body
