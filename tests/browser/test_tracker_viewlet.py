"""Which pages carry the script, and what it is given."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions.visible import visible_version
from tests.content import add
from tests.content import PIXEL
from tests.plone_site import script_in
from zope.component import adapter
from zope.component import getGlobalSiteManager
from zope.interface import alsoProvides
from ZPublisher.interfaces import IPubAfterTraversal

import pytest
import transaction


def has_script(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return script_in(answer.text) is not None


def test_the_page_of_a_tracked_document_has_one_external_script(tracked, visitor):
    page = visitor("bob").get("/board/agenda").text
    script = script_in(page)
    assert page.count("tracker.js") == 1
    assert "async" in script
    assert "/++plone++slc.clicktracker/++unique++" in script["src"]
    assert script["data-endpoint"].endswith("/plone")
    assert script["data-page"].endswith("/plone/board/agenda")
    ticket, _ = verify(script["data-ticket"], site_keys())
    assert ticket.user == "bob"
    assert ticket.folder == ""
    assert ticket.name == "Bob Berger"
    assert ticket.document == tracked.agenda.UID()
    assert ticket.site == document_uid(tracked.aq_parent)
    assert ticket.url == "/board/agenda"
    version = visible_version(tracked.agenda)
    assert Version(ticket.version, ticket.digest, ticket.words) == version
    assert script["data-version"] == version.digest


def test_the_script_itself_is_served(tracked, visitor):
    bob = visitor("bob")
    src = script_in(bob.get("/board/agenda").text)["src"]
    answer = bob.session.get(src)
    assert answer.status_code == 200
    assert "javascript" in answer.headers["Content-Type"]
    assert "clicktracker" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/board/agenda",
        "/board/agenda/",
        "/board/agenda/view",
        "/board/agenda/document_view",
        "/board/agenda?x=1",
        "/board",
        "/board/view",
    ],
)
def test_the_views_that_show_the_content_have_the_script(tracked, visitor, path):
    assert has_script(visitor("bob"), path)


@pytest.mark.parametrize(
    "view",
    [
        "edit",
        "@@sharing",
        "folder_contents",
        "delete_confirmation",
        "@@historyview",
        "@@tracking",
        "@@who-read-this",
        "object_rename",
        "content_status_history",
    ],
)
def test_no_other_view_has_it(tracked, visitor, view):
    manager = visitor("manager")
    for path in ("/board/agenda/", "/board/"):
        assert script_in(manager.get(path + view).text) is None
    assert has_script(manager, "/board/agenda")


def test_untracked_pages_do_not_have_it(tracked, visitor):
    bob = visitor("bob")
    assert not has_script(bob, "/rules")
    assert not has_script(bob, "")


def test_excluded_pages_do_not_have_it(tracked, visitor):
    choose(tracked.agenda, Choice.EXCLUDE)
    transaction.commit()
    assert not has_script(visitor("bob"), "/board/agenda")


def test_a_request_that_is_marked_as_ignored_does_not_have_it(tracked, visitor):
    @adapter(IPubAfterTraversal)
    def ignore(event):
        alsoProvides(event.request, IContentIsIgnored)

    components = getGlobalSiteManager()
    components.registerHandler(ignore)
    try:
        assert not has_script(visitor("bob"), "/board/agenda")
    finally:
        components.unregisterHandler(ignore)


def test_anonymous_visitors_are_not_tracked_unless_that_is_set(tracked, visitor):
    assert not has_script(visitor(), "/board/agenda")
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()
    script = script_in(visitor().get("/board/agenda").text)
    assert "data-ticket" not in script
    assert script["data-page"].endswith("/board/agenda")


def test_the_default_page_of_a_folder_counts_at_the_address_of_the_folder(
    tracked, visitor
):
    tracked.setDefaultPage("agenda")
    transaction.commit()
    script = script_in(visitor("bob").get("/board").text)
    ticket, _ = verify(script["data-ticket"], site_keys())
    assert ticket.document == tracked.agenda.UID()
    assert ticket.url == "/board"
    assert script["data-page"].endswith("/board/agenda")


def test_a_tracked_site_root_counts_at_its_own_address(site, visitor):
    choose(site, Choice.TRACK)
    transaction.commit()
    script = script_in(visitor("bob").get("").text)
    ticket, _ = verify(script["data-ticket"], site_keys())
    assert ticket.document == document_uid(site)
    assert ticket.url == "/"


def test_the_page_of_a_file_shows_no_content_and_does_not_count(tracked, visitor):
    pdf = NamedBlobFile(b"%PDF-1.4", "application/pdf", "budget.pdf")
    add(tracked, "File", id="pdf", file=pdf)
    assert not has_script(visitor("bob"), "/board/pdf/view")


def test_a_file_beside_the_content_does_not_make_it_one(tracked, visitor):
    tracked.agenda.annex = NamedBlobFile(b"%PDF-1.4", "application/pdf", "annex.pdf")
    transaction.commit()
    assert has_script(visitor("bob"), "/board/agenda")


def test_the_page_of_an_image_shows_it_and_counts(tracked, visitor):
    image = NamedBlobImage(PIXEL, "image/png", "pixel.png")
    add(tracked, "Image", id="pixel", image=image)
    assert has_script(visitor("bob"), "/board/pixel/view")


@pytest.mark.parametrize("portal_type", ["News Item", "Event", "Collection"])
def test_other_types_count(tracked, visitor, portal_type):
    add(tracked, portal_type, id="thing", title="Thing")
    assert has_script(visitor("bob"), "/board/thing")


def test_an_old_version_does_not_count(tracked, visitor):
    manager = visitor("manager")
    answer = manager.get("/board/agenda/versions_history_form?version_id=0")
    assert script_in(answer.text) is None


def test_an_id_with_a_quote_stays_in_its_attribute(tracked, visitor):
    with api.env.adopt_roles(["Manager"]):
        odd = api.content.create(tracked, "Document", 'it\'s-"odd"-ü', "Odd")
        api.content.transition(odd, "publish")
    transaction.commit()
    script = script_in(visitor("bob").get("/board/" + odd.getId()).text)
    ticket, _ = verify(script["data-ticket"], site_keys())
    assert ticket.document == odd.UID()


@pytest.mark.parametrize(
    "address",
    [
        "/VirtualHostBase/http/example.org:80/plone/VirtualHostRoot/board/agenda",
        "/VirtualHostBase/http/example.org:80/plone/board/VirtualHostRoot/agenda",
        "/VirtualHostBase/http/example.org:80/plone/VirtualHostRoot/_vh_x/board/agenda",
    ],
)
def test_a_page_has_one_address_whatever_the_virtual_host(
    tracked, visitor, functional, address
):
    if "virtual_hosting" not in functional["app"]:
        manage_addVirtualHostMonster(functional["app"])
        transaction.commit()
    bob = visitor("bob")
    answer = bob.session.get(bob.site_url.removesuffix("/plone") + address)
    ticket, _ = verify(script_in(answer.text)["data-ticket"], site_keys())
    assert ticket.url == "/board/agenda"
