"""``@@clicktracker-callback``: the door for beacons inside Plone."""

from datetime import datetime
from datetime import timezone
from plone import api
from Products.Five.browser import BrowserView
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.collector import beacon
from slc.clicktracker.collector.counters import count
from slc.clicktracker.collector.counters import RECORDED
from slc.clicktracker.collector.credential import credential
from slc.clicktracker.collector.recording import record_with_transaction
from slc.clicktracker.collector.verdict import judge
from slc.clicktracker.collector.verdict import Outcome
from slc.clicktracker.collector.verdict import Reason
from slc.clicktracker.collector.verdict import Refused
from slc.clicktracker.collector.verdict import SiteRules
from slc.clicktracker.site_rules import cookie_name
from slc.clicktracker.site_rules import current_user
from slc.clicktracker.site_rules import site_rules
from slc.clicktracker.site_storage import is_recording
from slc.clicktracker.site_storage import site_storage
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.ticket import access_key
from slc.clicktracker.ticket import Ticket
from urllib.parse import unquote
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.publisher.interfaces.http import IHTTPResponse


#: The header that names why a beacon was refused.
REASON_HEADER = "X-ClickTracker-Refused"

#: Seconds that a browser should wait before it tries again.
RETRY_AFTER = "10"


class Callback(BrowserView):
    """Takes one beacon. Answers 204 when the access is recorded, else why not."""

    def __call__(self) -> str:
        response = self.request.response
        response.setHeader("Cache-Control", "no-store")
        self.rules = site_rules()
        try:
            access = self._access()
            storage = site_storage()
        except Refused as refused:
            self._answer(refused.reason)
        except StorageError:
            self._answer(Reason.STORAGE_UNAVAILABLE)
        else:
            record_with_transaction(storage, access, self._answer)
            response.setStatus(204)
        return ""

    def _access(self) -> Access:
        message = read_beacon(self.request)
        if not is_recording():
            raise Refused(Reason.RECORDING_OFF)
        now = datetime.now(timezone.utc)
        ticket, origin = self._ticket(message.ticket, self.rules, now)
        return Access(
            key=access_key(ticket, message.view),
            issued=ticket.issued,
            opened=now,
            seen=now,
            document=document_on(ticket),
            version=ticket.version,
            reader=Reader(ticket.user, ticket.folder, _full_name(ticket)),
            url=ticket.url,
            origin=origin,
        )

    def _ticket(self, text: str, rules: SiteRules, now: datetime) -> tuple[Ticket, str]:
        """Return the ticket, if it is the one of this request's user, and its origin."""
        proof = credential(self.request.environ, cookie_name())
        outcome, ticket = judge(text, rules, proof, now)
        if (ticket.user, ticket.folder) != current_user():
            raise Refused(Reason.OTHER_USER)
        if ticket.fetched:
            return ticket, "fetched"
        stale = outcome is Outcome.UNKNOWN and ticket.binding
        return ticket, "cache" if stale else "page"

    def _answer(self, reason: Reason | None) -> None:
        if reason is None:
            count(self.rules.site, RECORDED)
        else:
            refuse(self.request.response, reason, self.rules.site)


def refuse(response: IHTTPResponse, reason: Reason, site: str) -> None:
    """Say in status and headers why a request is refused, and count that."""
    count(site, reason.header)
    response.setStatus(reason.status)
    response.setHeader(REASON_HEADER, reason.header)
    if reason is Reason.NOT_POST:
        response.setHeader("Allow", "POST")
    if reason is Reason.STORAGE_UNAVAILABLE:
        response.setHeader("Retry-After", RETRY_AFTER)


def read_beacon(request: IBrowserRequest) -> beacon.Beacon:
    """Return the beacon in a request. Raises ``Refused``."""
    try:
        return beacon.parse(read_body(request))
    except beacon.MalformedBeacon as error:
        raise Refused(Reason.BEACON_MALFORMED) from error


def read_body(request: IBrowserRequest) -> bytes:
    """Return the body of a POST request. Raises ``Refused``."""
    if request.method != "POST":
        raise Refused(Reason.NOT_POST)
    file = request.get("BODYFILE")
    body = file.read(beacon.LONGEST_BODY + 1) if file is not None else b""
    if len(body) > beacon.LONGEST_BODY:
        raise Refused(Reason.BODY_TOO_LARGE)
    return body


def document_on(ticket: Ticket) -> Document:
    """Return the document of a ticket as it is called now.

    One that was deleted since the page was shown is known by its address.
    """
    brain = _brain(ticket.document)
    if brain is not None:
        return Document(ticket.document, brain.getPath(), brain.Title)
    site = api.portal.get()
    if ticket.document == ticket.site:
        return Document(ticket.document, "/".join(site.getPhysicalPath()), site.title)
    path = "/".join(site.getPhysicalPath()) + unquote(ticket.url.rstrip("/"))
    return Document(ticket.document, path)


def _brain(uid: str) -> ICatalogBrain | None:
    """Return the brain; shared content has one for each language."""
    catalog = api.portal.get_tool("portal_catalog")
    languages = api.portal.get_tool("portal_languages").getSupportedLanguages()
    uids = [uid, *(f"{uid}-{language}" for language in languages)]
    brains = catalog.unrestrictedSearchResults(UID=uids, sort_on="path")
    return brains[0] if brains else None


def _full_name(ticket: Ticket) -> str:
    if not ticket.user:
        return ""
    return api.user.get_current().getProperty("fullname", "")
