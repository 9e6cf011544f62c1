"""A reader acknowledges a document by one click, or is told why that is not so."""

from datetime import timedelta
from plone import api
from plone.app.dexterity.behaviors.metadata import IBasic
from plone.app.textfield import RichTextValue
from plone.autoform.interfaces import READ_PERMISSIONS_KEY
from Products.PlonePAS.tools.membership import MembershipTool
from slc.clicktracker.acknowledgements import passwords
from slc.clicktracker.acknowledgements import proof
from slc.clicktracker.acknowledgements.asked import USUAL
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.members import Members
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.tracking.choice import Choice as Tracking
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.browser.acknowledgements.acknowledging import ask_readers
from tests.browser.acknowledgements.acknowledging import below
from tests.browser.acknowledgements.acknowledging import choose_setting
from tests.browser.acknowledgements.acknowledging import click
from tests.browser.acknowledgements.acknowledging import form_in
from tests.browser.acknowledgements.acknowledging import kept
from tests.browser.acknowledgements.acknowledging import opened
from tests.browser.acknowledgements.acknowledging import RECEIPT
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import save_on_days
from tests.browser.report.versions import title_of_version
from tests.layers import PASSWORD
from tests.plone_site import authenticator_in
from tests.plone_site import script_in

import pytest
import re
import transaction


AGENDA = "/board/agenda"
DONE = [("alice", ACKNOWLEDGED, False)]


@pytest.fixture
def agenda(tracked, shown):
    """Alice and Bob are expected to read it, and to acknowledge that."""
    expect(tracked, "alice", "bob")
    ask_readers(tracked.agenda)
    return tracked.agenda


@pytest.fixture
def alice(agenda, visitor):
    return visitor("alice")


def test_a_click_is_kept_with_all_that_was_said(agenda, alice):
    answer = click(alice, opened(alice), whole=True)
    assert answer.url.endswith(RECEIPT)
    assert "Your acknowledgement was recorded." in answer.text
    said = text_of(answer)
    assert USUAL in said
    assert visible_version(agenda).digest in said
    assert kept() == DONE
    page = alice.get(AGENDA, whole=True).text
    assert "You acknowledged this on" in below(page)
    assert form_in(page) is None


def test_versions_are_called_by_when_they_were_saved(agenda, alice):
    edit(agenda, description="Monday")
    save_on_days(agenda)
    click(alice, opened(alice))
    page = alice.get(AGENDA, whole=True).text
    for said in (below(page), text_of(alice.get(RECEIPT))):
        assert title_of_version(1) in said


def test_only_those_who_are_expected_are_asked(agenda, visitor):
    assert form_in(visitor("bob").get(AGENDA, whole=True).text)
    for other in ("carol", None):
        assert below(visitor(other).get(AGENDA, whole=True).text) == ""
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, Reader("bob"), "on leave")
    transaction.commit()
    assert below(visitor("bob").get(AGENDA, whole=True).text) == ""


def test_while_nothing_changes_no_page_looks_for_all_members(alice, monkeypatch):
    opened(alice)

    def fail(*_arguments, **_more):
        raise AssertionError("all members were looked for")

    monkeypatch.setattr(Members, "having", fail)
    opened(alice)


def test_only_the_page_of_the_document_asks(alice):
    for path in ("/board", f"{AGENDA}/@@historyview", "/board/budget"):
        assert below(alice.get(path, whole=True).text) == ""


def test_the_site_decides_where_readers_are_asked(agenda, alice):
    choose_setting("acknowledgement", "all")
    assert form_in(alice.get("/board/budget", whole=True).text)
    assert below(alice.get("/rules", whole=True).text) == ""
    choose_setting("acknowledgement", "off")
    assert below(alice.get(AGENDA, whole=True).text) == ""


def test_what_is_said_is_the_sentence_that_was_shown(agenda, alice):
    ask_readers(agenda, "I will vote on <this>.", "for the vote")
    page = opened(alice)
    assert page["sentence"] == "I will vote on <this>."
    ask_readers(agenda, "I agree.", "better")
    answer = click(alice, page)
    assert "the sentence has changed since you opened the page" in text_of(answer)
    assert kept() == []
    again = form_in(answer.text)
    assert again["sentence"] == "I agree."
    click(alice, again)
    assert kept() == DONE


def test_the_document_has_changed_since(agenda, alice):
    edit(agenda, title="Agenda", description="The old words")
    page = opened(alice)
    edit(agenda, description="The new words")
    answer = click(alice, page)
    said = text_of(answer)
    assert "the document has changed since you opened it" in said
    assert "What has changed since you opened it" in said
    assert "old" in said and "new" in said
    assert form_in(answer.text) is None
    assert kept() == []


def test_of_a_long_document_that_has_changed_only_that_is_shown(agenda, alice):
    text = "".join(f"<p>Paragraph {n}</p>" for n in range(50))
    edit(agenda, text=RichTextValue(text, "text/html", "text/html"))
    page = opened(alice)
    new = text.replace("Paragraph 30", "Paragraph <b>thirty</b><script>x</script>")
    edit(agenda, text=RichTextValue(new, "text/html", "text/html"))
    answer = click(alice, page)
    shown = answer.text.split("clicktracker-differences")[1]
    assert "<script>x" not in shown
    opened_parts = re.sub(r"<details.*?</details>", "", shown, flags=re.S)
    found = re.findall(r"Paragraph\s+(?:<[^>]*>\s*)*(\w+)", opened_parts)
    assert found == ["29", "30", "31"]
    assert "<del>30 </del>" in opened_parts and "<ins>thirty </ins>" in opened_parts
    said = text_of(answer)
    assert "Unchanged paragraphs: 29" in said and "Unchanged paragraphs: 18" in said


def test_a_minor_change_since_is_no_obstacle(agenda, alice):
    page = opened(alice)
    before = visible_version(agenda)
    edit(agenda, description="A comma more")
    now = visible_version(agenda)
    with api.env.adopt_user(username="carol"):
        texts = [DeclaredText(text_key(each), each.label) for each in (now, before)]
        declare_minor(agenda, texts, "a comma")
    transaction.commit()
    click(alice, page)
    assert kept() == DONE
    assert "You acknowledged this on" in below(alice.get(AGENDA, whole=True).text)


def test_after_a_change_it_is_asked_again(agenda, alice):
    click(alice, opened(alice))
    edit(agenda, description="Something else")
    page = alice.get(AGENDA, whole=True).text
    assert "You acknowledged an older version on" in below(page)
    click(alice, form_in(page))
    assert kept() == DONE * 2


def test_two_clicks_and_two_tabs_are_one_acknowledgement(alice):
    first, second = opened(alice), opened(alice)
    click(alice, first)
    for page in (first, second):
        answer = click(alice, page, whole=True)
        assert "You had acknowledged this before" in answer.text
    assert kept() == DONE


@pytest.mark.parametrize(
    "ticket, why",
    [
        ("", "This was not sent by a page of this site."),
        ("a.b", "This was not sent by a page of this site."),
    ],
)
def test_without_the_ticket_of_the_page_nothing_is_recorded(alice, ticket, why):
    answer = click(alice, opened(alice) | {"ticket": ticket})
    assert why in text_of(answer)
    assert kept() == []


def test_the_ticket_of_a_beacon_is_not_one(alice):
    page = alice.get(AGENDA, whole=True).text
    beacon = script_in(page)["data-ticket"]
    answer = click(alice, form_in(page) | {"ticket": beacon})
    assert "not sent by a page of this site" in text_of(answer)
    assert kept() == []


def test_a_page_that_somebody_else_has_opened(alice, visitor):
    bob = visitor("bob")
    page = opened(bob) | {"ticket": opened(alice)["ticket"]}
    assert "The page was opened by somebody else." in text_of(click(bob, page))
    assert kept() == []


def test_a_page_that_was_open_for_too_long(alice, monkeypatch):
    page = opened(alice)

    class Later(proof.datetime):
        @classmethod
        def now(cls, zone=None):
            return super().now(zone) + timedelta(hours=73)

    monkeypatch.setattr(proof, "datetime", Later)
    assert "open for too long" in text_of(click(alice, page))
    assert kept() == []


def test_without_the_authenticator_nothing_is_recorded(alice):
    page = opened(alice) | {"_authenticator": "0" * 40}
    answer = click(alice, page)
    assert answer.status_code == 403
    assert "Nothing was recorded: somebody else may have" in text_of(answer)
    assert kept() == []


def test_whoever_is_not_logged_in_any_more_is_told_so(alice, visitor):
    answer = click(visitor(), opened(alice))
    assert answer.status_code == 403
    assert "you are not logged in any more" in text_of(answer)
    assert kept() == []


def test_a_document_that_is_gone(agenda, alice):
    page = opened(alice)
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(agenda)
    transaction.commit()
    assert "this document does not exist any more" in text_of(click(alice, page))
    assert kept() == []


def test_a_document_that_may_not_be_seen_any_more(agenda, alice):
    page = opened(alice)
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(agenda, "reject")
    transaction.commit()
    answer = click(alice, page)
    assert "you may not see this document any more" in text_of(answer)
    assert "Agenda" not in answer.text.split("<article")[-1]
    assert kept() == []


def test_who_is_not_asked_any_more(agenda, tracked, alice):
    page = opened(alice)
    expect(tracked, "bob")
    assert "you are not asked" in text_of(click(alice, page))
    assert kept() == []


def test_what_was_acknowledged_while_nobody_tracks_any_more(agenda, tracked, alice):
    page = opened(alice)
    choose(tracked, Tracking.INHERIT)
    transaction.commit()
    assert "you are not asked" in text_of(click(alice, page))
    assert kept() == []


def test_the_password_is_asked_for_again(agenda, alice):
    choose_setting("ask_password", True)
    page = opened(alice)
    answer = click(alice, page, password="wrong")
    assert "The password could not be confirmed" in text_of(answer)
    assert kept() == []
    answer = click(alice, form_in(answer.text), password=PASSWORD)
    assert "The password was asked for again." in text_of(answer)
    assert kept() == DONE


def test_passwords_are_not_tried_for_ever(agenda, alice, visitor, monkeypatch):
    choose_setting("ask_password", True)
    page = opened(alice)
    for _number in range(passwords.MOST_FAILURES):
        click(alice, page, password="wrong")
    answer = click(alice, page, password=PASSWORD)
    assert "Try again in some minutes." in text_of(answer)
    assert kept() == []
    bob = visitor("bob")
    click(bob, opened(bob), password=PASSWORD)
    assert kept() == [("bob", ACKNOWLEDGED, False)]
    later = utc_now() + passwords.PERIOD
    monkeypatch.setattr(passwords, "utc_now", lambda: later)
    click(alice, page, password=PASSWORD)
    assert len(kept()) == 2
    transaction.begin()
    assert passwords.FAILURES_OF_PEOPLE.number_of(Reader("alice")) == 0


def test_guesses_in_all_processes_count_before_any_is_looked_at(
    agenda, in_another_process, monkeypatch
):
    """Whoever has a session that isn't theirs, and as many connections as they like."""
    looked_at = []

    def guess():
        with api.env.adopt_user("alice"):
            try:
                return passwords.is_own_password("wrong")
            except passwords.TooManyFailures:
                return None

    def look(tool, password):
        looked_at.append(password)
        if len(looked_at) < 20:
            # While this one is looked at, another process is asked.
            in_another_process(guess)
        return False

    monkeypatch.setattr(MembershipTool, "testCurrentPassword", look)
    assert guess() is False
    assert len(looked_at) == passwords.MOST_FAILURES
    # A request that ends in an error has been counted as well.
    transaction.abort()
    assert guess() is None
    with monkeypatch.context() as patched:
        later = utc_now() + passwords.PERIOD
        patched.setattr(passwords, "utc_now", lambda: later)
        transaction.begin()
        passwords.forget_old_failures()
    assert passwords.FAILURES_OF_PEOPLE.number_of(Reader("alice")) == 0


def test_the_database_is_down(agenda, alice, monkeypatch):
    page = opened(alice)

    def fail(*_arguments):
        raise StorageUnavailable("no")

    with monkeypatch.context() as broken:
        broken.setattr(SQLiteStorage, "acknowledgements", fail)
        answer = click(alice, page)
        assert answer.status_code == 503
        assert "the database can't be reached now. Try again" in text_of(answer)
        assert "nobody can tell" in below(alice.get(AGENDA, whole=True).text)
    assert kept() == []
    click(alice, form_in(answer.text))
    assert kept() == DONE


def test_the_database_goes_away_in_the_last_moment(agenda, alice, monkeypatch):
    page = opened(alice)

    def fail(*_arguments):
        raise StorageUnavailable("no")

    with monkeypatch.context() as broken:
        broken.setattr(SQLiteStorage, "acknowledge", fail)
        answer = click(alice, page)
    assert answer.status_code == 503
    assert "Nothing was recorded" in answer.text
    assert kept() == []


def test_a_get_changes_nothing(alice):
    page = opened(alice)
    answer = alice.session.get(f"{alice.site_url}/@@acknowledge-reading", params=page)
    assert answer.url.rstrip("/") == alice.site_url
    assert kept() == []


def test_a_reader_takes_it_back_with_a_reason(agenda, alice):
    click(alice, opened(alice))
    page = alice.get(RECEIPT)
    form = {"_authenticator": authenticator_in(page.text), "withdraw": "1"}
    url = alice.site_url + RECEIPT
    answer = alice.session.post(url, data=form)
    assert "Say why you take it back." in text_of(answer)
    reason = {"reason": "I had not read it"}
    answer = alice.session.post(url, data=form | reason, whole=True)
    transaction.begin()
    assert "Your acknowledgement was withdrawn." in answer.text
    said = text_of(answer)
    assert "does not stand any more" in said
    assert "I had not read it" in said
    assert kept() == [*DONE, ("alice", ACKNOWLEDGED, True)]
    assert form_in(alice.get(AGENDA, whole=True).text)
    assert "Take it back" not in said


def test_what_is_taken_back_is_of_one_version(agenda, alice):
    """Of the others it stands, also of older ones; at first the latest is chosen."""
    edit(agenda, description="Monday")
    click(alice, opened(alice))
    edit(agenda, description="Tuesday")
    click(alice, opened(alice))
    save_on_days(agenda)
    page = alice.get(RECEIPT).text
    radios = re.findall(r'<input[^>]*type="radio"[^>]*>', page)
    keys = [re.search(r'value="(\w+)"', each)[1] for each in radios]
    assert ["checked" in each for each in radios] == [True, False]
    assert title_of_version(1) in text_of(alice.get(RECEIPT))
    sent = {"_authenticator": authenticator_in(page), "withdraw": "1", "reason": "no"}
    alice.session.post(alice.site_url + RECEIPT, data=sent | {"key": keys[1]})
    transaction.begin()
    assert kept() == [*DONE * 2, ("alice", ACKNOWLEDGED, True)]
    assert "You acknowledged this on" in below(alice.get(AGENDA, whole=True).text)
    alice.session.post(alice.site_url + RECEIPT, data=sent | {"key": "x"})
    transaction.begin()
    assert len(kept()) == 3


def test_the_same_page_acknowledges_again_what_was_taken_back(agenda, alice):
    page = opened(alice)
    click(alice, page)
    form = {"_authenticator": authenticator_in(alice.get(RECEIPT).text)}
    sent = form | {"withdraw": "1", "reason": "by mistake"}
    alice.session.post(alice.site_url + RECEIPT, data=sent)
    click(alice, page)
    assert kept() == [*DONE, ("alice", ACKNOWLEDGED, True), *DONE]


def test_what_has_changed_is_shown_without_fields_that_the_reader_may_not_read(
    agenda, alice
):
    edit(agenda, title="Agenda", description="The old words")
    agenda.text = RichTextValue("<p>A word.</p>", "text/html", "text/x-html-safe")
    edit(agenda)
    page = opened(alice)
    text = RichTextValue("<p>A word.</p>\r\n", "text/html", "text/x-html-safe")
    other = {
        "description": "The secret words",
        "rights": "All reserved",
        "text": text,
    }
    edit(agenda, title="Agenda, new", **other)
    usual = IBasic.queryTaggedValue(READ_PERMISSIONS_KEY)
    IBasic.setTaggedValue(READ_PERMISSIONS_KEY, {"description": "cmf.ManagePortal"})
    try:
        differences = click(alice, page).text.split("clicktracker-differences")[1]
    finally:
        IBasic.setTaggedValue(READ_PERMISSIONS_KEY, usual or {})
    assert "Agenda" in differences
    assert "secret" not in differences
    # What is about the content is no news either, nor what an editor has only rewritten.
    assert "reserved" not in differences
    assert "A word." not in differences


def test_a_receipt_is_for_the_reader_alone(agenda, alice, visitor):
    click(alice, opened(alice))
    assert "nobody vouches for you" in text_of(visitor("bob").get(RECEIPT))
    assert "/login?" in visitor().get(RECEIPT).url
