"""What a reader finds below a document, and sends."""

from plone import api
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.acknowledgements.asked import set_choice
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.settings.acknowledgement import IAcknowledgementSettings
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.layers import FULL_NAMES

import html
import re
import transaction


AGENDA = "/board/agenda"
ACKNOWLEDGE = "/@@acknowledge-reading"
RECEIPT = f"{AGENDA}/@@reading-receipt"


def ask_readers(content, sentence="", reason=""):
    """Ask the readers of content to acknowledge it."""
    set_choice(content, Choice(True, sentence), reason)
    transaction.commit()


def to_acknowledge(tracked):
    """Return the agenda of the board, which Alice and Bob are expected to read and are
    asked to acknowledge. Carol looks after that."""
    expect(tracked, "alice", "bob")
    give_role(tracked, "carol")
    ask_readers(tracked.agenda)
    return tracked.agenda


def choose_setting(name, value):
    """Change one of the settings."""
    record = f"{IAcknowledgementSettings.__identifier__}.{name}"
    api.portal.set_registry_record(record, value)
    transaction.commit()


def form_in(page):
    """Return the hidden fields of the form below a document, None where there is none."""
    form = re.search(r'<form class="acknowledge-form".*?</form>', page, re.S)
    if form is None:
        return None
    return hidden_in(form[0])


def hidden_in(page):
    """Return what is hidden in forms of a page, by name."""
    fields = re.findall(r"<input[^>]*hidden[^>]*>", page)
    names = (re.search(r'name="([^"]*)"', each)[1] for each in fields)
    values = (re.search(r'value="([^"]*)"', each) for each in fields)
    found = (html.unescape(value[1]) if value else "" for value in values)
    return dict(zip(names, found, strict=True))


def below(page):
    """Return the visible text of what stands below a document, "" for nothing."""
    found = re.search(r'<section class="card my-4 acknowledge.*?</section>', page, re.S)
    text = re.sub(r"<[^>]+>", " ", found[0]) if found else ""
    return " ".join(html.unescape(text).split())


def opened(visitor, path=AGENDA):
    """Open a document and return what its form would send."""
    page = visitor.get(path, whole=True).text
    found = form_in(page)
    assert found is not None, page
    return found


def click(visitor, fields, whole=False, **more):
    """Press the button. Return the answer to which that leads, ``whole`` with what Plone
    says above it."""
    answer = visitor.session.post(
        visitor.site_url + ACKNOWLEDGE,
        data={**fields, "acknowledge": "1", **more},
        whole=whole,
    )
    transaction.begin()
    return answer


def kept(content=None):
    """Return all that was acknowledged, as (user, kind, whether it is withdrawn)."""
    uids = None if content is None else (document_uid(content),)
    found = storage_with(IAcknowledgements).acknowledgements(AcknowledgementQuery(uids))
    return [(each.reader.user, each.kind, each.is_withdrawn) for each in found]


def say(content, user, kind=ACKNOWLEDGED):
    """Record that somebody has acknowledged what it says now, or that it is attested."""
    reader = Reader(user, name=FULL_NAMES.get(user, ""))
    said = Acknowledgement(
        key=f"{kind} {user} {document_uid(content)}",
        kind=kind,
        document=Document(document_uid(content), "/plone/board/agenda", "Agenda"),
        version=visible_version(content),
        reader=reader,
        at=utc_now(),
        by=reader,
    )
    storage_with(IAcknowledgements).acknowledge([said])
