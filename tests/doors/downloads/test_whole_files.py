"""That a file was delivered is noted for named readers."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hashlib import sha256
from plone import api
from plone.formwidget.namedfile.converter import b64encode_file
from plone.namedfile.file import NamedBlobImage
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.content import PIXEL
from tests.doors.downloads.lease import DATA
from tests.doors.downloads.lease import LEASE
from zope.component import adapter
from zope.component import getGlobalSiteManager
from zope.interface import alsoProvides
from ZPublisher.interfaces import IPubAfterTraversal

import pytest
import transaction


def test_a_file_is_noted_as_it_is(board, visitor, waiting):
    before = datetime.now(timezone.utc)
    answer = visitor("bob").get(LEASE)
    assert answer.content == DATA
    (note,) = waiting()
    assert note.origin == "downloaded"
    assert note.document.uid == board["lease.pdf"].UID()
    assert note.document.path == "/plone/board/lease.pdf"
    assert note.document.title == "Lease"
    assert note.reader == Reader("bob", "", "Bob Berger")
    assert note.url == LEASE
    assert note.version == Version("", sha256(DATA).hexdigest()[:32], 0)
    assert note.opened == note.seen == note.issued
    assert timedelta(0) <= note.issued - before < timedelta(minutes=1)
    assert (note.engaged, note.depth, note.marks) == (0, 0, 0)


@pytest.mark.parametrize(
    "path",
    [
        LEASE,
        LEASE + "/@@display-file",
        LEASE + "/@@display-file/file",
        LEASE + "/@@download",
        LEASE + "/@@download/file/lease.pdf",
        LEASE + "/@@download/file/any-other-name.exe",
        LEASE + "/@@display-file?of=something",
        "/board/agenda" + "/lease.pdf/@@download",
        "/++api++" + LEASE + "/@@download/file",
    ],
)
def test_wherever_it_is_fetched_from_it_is_one_file(board, visitor, waiting, path):
    answer = visitor("bob").get(path)
    assert answer.content == DATA
    (note,) = waiting()
    assert (note.document.uid, note.url) == (board["lease.pdf"].UID(), LEASE)


def test_each_delivery_is_noted(board, visitor, waiting):
    for name in ("bob", "alice", "bob"):
        visitor(name).get(LEASE)
    found = waiting()
    assert [one.reader.user for one in found] == ["bob", "alice", "bob"]
    assert len({one.key for one in found}) == 3


def test_an_image_is_noted_where_it_is_delivered_and_not_where_it_is_shown(
    board, visitor, waiting
):
    bob = visitor("bob")
    shown = "/board/plan.png/@@images/image"
    for path in (shown, shown + "/mini", shown + "/large", shown + "-200-abc.png"):
        bob.get(path)
    assert bob.get(shown).content == PIXEL
    assert waiting() == []
    for path in ("/board/plan.png", "/board/plan.png/@@download/image/plan.png"):
        assert bob.get(path).content == PIXEL
    found = waiting()
    assert [one.origin for one in found] == ["downloaded"] * 2
    bob.get("/board/plan.png/view")
    served = waiting()[-1]
    assert served.origin == "served"
    assert {one.version for one in found} == {served.version}


def test_the_page_of_a_file_is_no_download(board, visitor, waiting):
    assert "lease.pdf" in visitor("bob").get(LEASE + "/view").text
    assert waiting() == []


def test_who_is_not_logged_in_is_not_noted(board, visitor, waiting):
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()
    assert visitor().get(LEASE).content == DATA
    assert waiting() == []


def test_what_is_not_tracked_is_not_noted(board, visitor, waiting):
    bob = visitor("bob")
    assert bob.get("/lease.pdf").content == DATA
    choose(board["lease.pdf"], Choice.EXCLUDE)
    transaction.commit()
    assert bob.get(LEASE).content == DATA
    assert waiting() == []


@pytest.mark.parametrize("asked", ["", "/logo.png", "/image"])
def test_the_logo_of_a_site_is_none_of_its_content(board, visitor, waiting, asked):
    bob = visitor("bob")
    site = board.aq_parent
    choose(site, Choice.TRACK)
    site.image = NamedBlobImage(PIXEL, "image/png", "logo.png")
    logo = b64encode_file("logo.png", PIXEL)
    api.portal.set_registry_record("plone.site_logo", logo)
    transaction.commit()
    assert bob.get("/@@site-logo" + asked).content == PIXEL
    assert waiting() == []
    assert bob.get("/@@download/image").content == PIXEL
    assert len(waiting()) == 1


def test_who_may_not_have_it_is_not_noted(board, visitor, waiting):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(board, "retract")
        board["lease.pdf"].manage_permission("View", ["Manager"])
    transaction.commit()
    assert visitor("bob").get(LEASE).content != DATA
    assert waiting() == []


def test_a_file_that_is_only_asked_after_is_not_noted(board, visitor, waiting):
    bob = visitor("bob")
    for path in (LEASE, LEASE + "/@@download", LEASE + "/@@display-file/file"):
        bob.session.head(bob.url_of(path), headers={"Connection": "close"})
    assert waiting() == []


def test_what_the_browser_has_already_is_not_noted(
    board,
    caching,
    visitor,
    waiting,
):
    bob = visitor("bob")
    first = bob.get(LEASE)
    assert len(waiting()) == 1
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert bob.get(LEASE, headers=since).status_code == 304
    assert len(waiting()) == 1


def test_a_request_that_is_ignored_is_not_noted(board, visitor, waiting):
    @adapter(IPubAfterTraversal)
    def ignore(event):
        alsoProvides(event.request, IContentIsIgnored)

    bob = visitor("bob")
    components = getGlobalSiteManager()
    components.registerHandler(ignore)
    try:
        assert bob.get(LEASE).content == DATA
    finally:
        components.unregisterHandler(ignore)
    assert waiting() == []
