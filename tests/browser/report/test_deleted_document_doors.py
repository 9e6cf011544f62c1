"""What is private in the site is no deleted document, whichever door is tried."""

from plone import api
from plone.uuid.interfaces import ATTRIBUTE_NAME
from slc.clicktracker.storage.model import Document
from tests.audience.people import give_role
from tests.browser.dashboard.dashboards import links
from tests.browser.report.deleted import delete
from tests.browser.report.deleted import ENDINGS
from tests.browser.report.deleted import report
from tests.browser.report.reports import names_in

import html
import pytest
import re
import transaction
import uuid


def answers(somebody, uid, query="&reader=bob"):
    """Return what there is for a UID by all doors, but for the UID and what plone.protect
    makes for each request."""
    found = {}
    for ending in ENDINGS:
        answer = somebody.get(report(uid, ending, query))
        text = re.sub(r'(data-token="|_authenticator=)\w+', "", answer.text)
        found[ending] = answer.status_code, text.replace(uid, "UID")
    return found


@pytest.fixture
def steward(read, visitor):
    """Carol, who may know of all readers in the site, but not view the draft agenda."""
    give_role(api.portal.get(), "carol")
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(read.agenda, "retract")
    transaction.commit()
    return visitor("carol")


def test_what_is_private_in_the_site_is_no_more_than_what_never_was(read, steward):
    assert "insufficient-privileges" in steward.get("/board/agenda").url
    for query in ("", "&reader=bob", "&reader=bob&tab=older&sort_on=level"):
        of_private = answers(steward, read.agenda.UID(), query)
        assert of_private == answers(steward, uuid.uuid4().hex, query)
        for status, text in of_private.values():
            assert status == 404
            assert "No deleted document is known here" in text
            assert not re.search("Berger|Agenda|agenda", text)


def test_no_spelling_of_its_uid_opens_it(read, steward):
    uid = read.agenda.UID()
    spellings = (
        *(uid.upper(), f"{uid} ", f" {uid}", f"{uid}%00", f"{uid}-en", f"{uid}%23"),
        *(f"{uid}&uid={uid}", f"x&uid={uid}", f"{uid}&uid=x", "", "%ff", "x" * 3000),
        f"{uid[:-1]}%EF%BC%{ord(uid[-1]):X}",
    )
    for spelling in spellings:
        for ending in ENDINGS:
            answer = steward.get(report(spelling, ending, "&reader=bob"))
            assert answer.status_code == 404
            assert "Berger" not in answer.text


def test_a_list_of_uids_or_a_record_is_refused_alike(read, steward):
    uid = read.agenda.UID()
    for query in (f"uid:list={uid}", f"uid.x:record={uid}", f"uid:tuple={uid}"):
        answer = steward.get(f"/@@clicktracker-deleted-document.csv?{query}")
        assert answer.status_code == 404


def test_what_is_there_again_leads_to_its_own_report_who_may_see_it(
    read, steward, visitor
):
    agenda = Document(read.agenda.UID(), "/plone/board/agenda", "Agenda")
    delete(read.agenda)
    assert names_in(steward.get(report(agenda.uid))) == ["Bob Berger", "Carol Castillo"]
    with api.env.adopt_roles(["Manager"]):
        restored = api.content.create(read, "Document", "restored", "Agenda")
        setattr(restored, ATTRIBUTE_NAME, agenda.uid)
        restored.reindexObject()
    transaction.commit()
    answer = visitor("manager").get(report(agenda.uid))
    assert answer.status_code == 404
    link = links(answer)["Open that report"]
    assert link.endswith("/board/restored/@@who-read-this")
    report_of_it = visitor("manager").get(link.partition("/plone")[2])
    assert names_in(report_of_it)
    assert "Open that report" not in steward.get(report(agenda.uid)).text
    assert "restored" not in steward.get(report(agenda.uid)).text


def test_what_the_viewer_may_see_but_not_its_readers_has_no_link(read, visitor):
    give_role(api.portal.get(), "carol")
    read.budget.__ac_local_roles_block__ = True
    read.budget.reindexObjectSecurity()
    transaction.commit()
    assert visitor("carol").get("/board/budget").status_code == 200
    answer = visitor("carol").get(report(read.budget.UID()))
    assert answer.status_code == 404
    assert "Open that report" not in answer.text
    assert "budget/@@" not in answer.text


def has_readers(answer):
    """Does an answer hold readers of the agenda, in whatever format?"""
    if answer.headers["Content-Type"].endswith("sheet"):
        return True
    return bool(re.search("Berger|Agenda|May 05, 2026", answer.text))


@pytest.mark.parametrize("ending", ENDINGS)
def test_readers_of_what_is_deleted_are_for_managers_of_the_whole_site(
    read, visitor, ending
):
    give_role(read, "carol")
    uid = delete(read.agenda)
    for name in ("carol", "alice", None):
        assert not has_readers(visitor(name).get(report(uid, ending, "&reader=bob")))
    assert visitor("carol").get(f"/board{report(uid, ending)}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "permission", ["View", "slc: Manage Tracking", "slc.clicktracker: View readers"]
)
def test_all_permissions_are_needed_in_the_site(read, visitor, ending, permission):
    site = api.portal.get()
    give_role(site, "alice")
    uid = delete(read.agenda)
    alice = visitor("alice")
    assert has_readers(alice.get(report(uid, ending, "&reader=bob")))
    site.manage_permission(permission, ["Manager"])
    transaction.commit()
    assert not has_readers(alice.get(report(uid, ending, "&reader=bob")))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("dsn", "said"),
    [
        ("host=127.0.0.1 port=1 dbname=x", "can't be reached now"),
        ("off", "Recording is switched off"),
    ],
)
def test_a_storage_that_is_down_is_said(read, visitor, monkeypatch, ending, dsn, said):
    uid = delete(read.agenda)
    monkeypatch.setenv("CLICKTRACKER_DSN", dsn)
    answer = visitor("manager").get(report(uid, ending, "&reader=bob"))
    assert answer.status_code == 503
    assert said in html.unescape(answer.text)
    assert "No deleted document" not in answer.text


def test_a_storage_of_two_methods_knows_no_deleted_document(read, visitor, two_methods):
    uid = delete(read.agenda)
    for ending in ENDINGS:
        assert visitor("manager").get(report(uid, ending)).status_code == 404
