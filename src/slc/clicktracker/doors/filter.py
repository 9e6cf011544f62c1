"""The WSGI filter ``slc.clicktracker#collector``: takes beacons before Zope, and keeps
those out who are banned.

In a pipeline of PasteDeploy it stands before all others::

    [filter:collector]
    use = egg:slc.clicktracker#collector

It answers what it can tell from what the Zope side of the same process has told
it, and passes on everything else. No ZODB connection is opened.
"""

from collections.abc import Callable
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from slc.clicktracker.collector.beacon import LONGEST_BODY
from slc.clicktracker.collector.told_bans import ToldBans
from slc.clicktracker.doors.admission import admit
from slc.clicktracker.doors.admission import Admitted
from slc.clicktracker.doors.admission import OnlyPloneKnows
from slc.clicktracker.doors.plain_refusal import BODY
from slc.clicktracker.doors.plain_refusal import HEADERS
from slc.clicktracker.doors.plain_refusal import is_banned
from slc.clicktracker.doors.plain_refusal import STATUS
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.wellformed import is_wellformed
from slc.clicktracker.sites.public_name import CALLBACK
from slc.clicktracker.sites.public_name import USUAL
from slc.clicktracker.tickets.origins import is_preflight
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from typing import Any


#: How the address of a beacon ends: always, and by any public name.
_USUAL_DOOR = f"/@@{USUAL}-{CALLBACK}"
_ANY_DOOR = f"-{CALLBACK}"

#: Where the filter leaves the address of a beacon for the Zope side, which tells the
#: rules there. Zope decodes the path in its own copy.
ADDRESS = "slc.clicktracker.address"

#: Not a 204: waitress can't tell where that ends, and closes the connection after it.
_EMPTY = (("Cache-Control", "no-store"), ("Content-Length", "0"))

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]


def make_filter(global_conf: dict[str, str], **local_conf: str) -> Callable[[App], App]:
    """The factory for PasteDeploy (``paste.filter_factory``)."""
    return CollectorFilter


class CollectorFilter:
    """Takes POST requests to ``@@clicktracker-callback``, and to what Zope has told to be
    the same by another name; all others pass, but for those of who is banned."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        process = collector()
        path = environ.get("PATH_INFO", "")
        if process.bans.told and _is_kept_out(process.bans, environ):
            return _refuse(environ, start)
        if not path.endswith(_ANY_DOOR) or is_preflight(environ):
            return self.app(environ, start)
        address = address_of(environ)
        rules = process.primed.rules_at(address)
        if rules is None and not path.endswith(_USUAL_DOOR):
            # A view of somebody else's, or a door of which Zope will tell.
            return self.app({**environ, ADDRESS: address}, start)
        try:
            body = _body(environ)
            if rules is None or not rules.takes_batches:
                raise OnlyPloneKnows
            admitted = admit(body, environ, rules, process.limits)
            process.accept(rules, *admitted.records)
        except OnlyPloneKnows:
            return self._pass_on({**environ, ADDRESS: address}, body, start)
        except Refused as refused:
            if rules is not None:
                process.counters.count(rules.site, refused.reason.header)
            return _answer(refused, start, _readable(environ, rules))
        start("200 OK", [*_EMPTY, *_readable(environ, rules), *_cookies(admitted)])
        return [b""]

    def _pass_on(
        self, environ: Environ, body: bytes, start: StartResponse
    ) -> Iterable[bytes]:
        """Let Zope see a request in the form of the script's, whatever it was."""
        if not is_wellformed(environ):
            return _answer(Refused(Reason.REQUEST_MALFORMED), start)
        environ["QUERY_STRING"] = ""
        environ["CONTENT_TYPE"] = "text/plain;charset=UTF-8"
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["wsgi.input"] = BytesIO(body)
        return self.app(environ, start)


def address_of(environ: Environ) -> str:
    """Return where a request goes to: Zope may tell sites apart by the host, too."""
    host = environ.get("HTTP_HOST", "")
    return host + environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")


def _is_kept_out(told: ToldBans, environ: Environ) -> bool:
    """Is a request banned, as far as Zope has told? If it has not, Zope sees to it."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    bans = told.at(environ.get("HTTP_HOST", ""), path)
    return bans is not None and is_banned(bans, environ)


def _refuse(environ: Environ, start: StartResponse) -> list[bytes]:
    start(_status_line(STATUS), list(HEADERS))
    return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else BODY]


def _body(environ: Environ) -> bytes:
    """Return the body of a POST request. Raises ``Refused``."""
    if environ["REQUEST_METHOD"] != "POST":
        raise Refused(Reason.NOT_POST)
    most = LONGEST_BODY + 1
    declared = environ.get("CONTENT_LENGTH") or ""
    if declared:
        # Python itself refuses to read numbers of thousands of digits.
        if len(declared) > 18 or not (declared.isascii() and declared.isdigit()):
            raise Refused(Reason.REQUEST_MALFORMED)
        most = min(int(declared), most)
    elif not environ.get("wsgi.input_terminated"):
        # Without a length the end of the body can't be told from the next request.
        most = 0
    try:
        body = environ["wsgi.input"].read(most)
    except OSError as error:
        # The client has hung up; servers say so in ways of their own.
        raise Refused(Reason.REQUEST_MALFORMED) from error
    if len(body) > LONGEST_BODY:
        raise Refused(Reason.BODY_TOO_LARGE)
    return body


def _cookies(admitted: Admitted) -> Headers:
    return [("Set-Cookie", admitted.set_cookie)] if admitted.set_cookie else []


def _readable(environ: Environ, rules: SiteRules | None) -> Headers:
    """Return what lets a page on another host read the answer, as far as Zope has told."""
    origin = environ.get("HTTP_ORIGIN", "")
    return rules.origins.headers_for(origin) if rules is not None and origin else []


def _answer(
    refused: Refused, start: StartResponse, more: Iterable[tuple[str, str]] = ()
) -> list[bytes]:
    start(_status_line(refused.reason.status), [*_EMPTY, *refused.headers, *more])
    return [b""]


def _status_line(number: int) -> str:
    status = HTTPStatus(number)
    return f"{status.value} {status.phrase}"
