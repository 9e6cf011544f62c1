"""What a report offers and says fits what it is of, and its addresses can be sent on."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.words.numbers import localized_number
from tests.audience.people import expect
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.plone_site import authenticator_in

import html
import pytest
import re
import transaction


@pytest.fixture
def manager(tracked, visitor):
    return visitor("manager")


def link(answer, text):
    """Return where a link leads."""
    links = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>\s*([^<]*?)\s*<', answer.text)
    return next(html.unescape(href) for href, said in links if said == text)


def options_of(answer, name):
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', answer.text, re.S)
    return re.findall(r'<option[^>]*value="(\w+)"', select[0])


def test_who_was_not_expected_is_counted_apart(tracked, manager):
    expect(tracked.agenda, "alice", "bob")
    for user in ("alice", "bob", "carol"):
        record(tracked.agenda, user)
    answer = manager.get(REPORT)
    assert (
        "All 2 expected readers have opened the current version. One other person has "
        "opened it." in text_of(answer)
    )
    assert tabs_in(answer)["Read"] == 3


def test_the_screen_tracking_says_nothing_of_readers_where_nothing_is_recorded(
    site, visitor
):
    expect(site.rules, "alice", "bob")
    manager = visitor("manager")
    text = text_of(manager.get("/rules/@@tracking"))
    for words in ("expected", "Who read this", "choose “Track”", "In short"):
        assert words not in text
    assert "expected readers" not in text_of(manager.get("/rules/@@who-read-this"))
    record(site.rules, "alice")
    assert "The list shows earlier records" in text_of(manager.get("/rules/@@tracking"))


def test_a_folder_is_a_folder_also_while_it_is_empty(tracked, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.create(tracked, "Folder", "new", "New")
    transaction.commit()
    answer = visitor("manager").get("/board/new/@@who-read-this")
    assert tabs_in(answer) == {}
    assert "expected readers" not in text_of(answer)


def test_a_file_is_asked_for_downloads_only(tracked, visitor):
    with api.env.adopt_roles(["Manager"]):
        file = NamedBlobFile(b"%PDF-1.4", "application/pdf", "lease.pdf")
        lease = api.content.create(tracked, "File", "lease.pdf", "Lease", file=file)
    transaction.commit()
    record(lease, "alice", origin=DOWNLOADED)
    record(tracked.agenda, "alice")
    manager = visitor("manager")
    report = "/board/lease.pdf/@@who-read-this"
    asked = f"{report}?reader=a"
    assert options_of(manager.get(asked), "level") == ["downloaded"]
    levels = ["opened", "engaged", "finished"]
    assert options_of(manager.get(f"{REPORT}?reader=a"), "level") == levels
    record(lease, "bob")
    assert options_of(manager.get(asked), "level") == ["downloaded", "opened"]


def test_above_the_site_there_is_no_folder_to_be_like(site, manager):
    text = text_of(manager.get("/@@tracking"))
    assert "Like the folder above" not in text
    assert "Reads of everything in this site are recorded." in text
    page = " ".join(manager.get("/@@tracking").text.split())
    assert 'value="exclude" checked="checked"' in page
    choose(site, Choice.TRACK)
    transaction.commit()
    page = " ".join(manager.get("/@@tracking").text.split())
    assert 'value="track" checked="checked"' in page
    assert "Like the folder above" in text_of(manager.get("/board/@@tracking"))


def test_who_excuses_somebody_is_told_that_nobody_expected_them(tracked, manager):
    expect(tracked.agenda, "alice")

    def answer(person):
        url = f"{manager.site_url}/board/agenda/@@clicktracker-excuse"
        token = authenticator_in(manager.session.get(url).text)
        data = {
            "_authenticator": token,
            "form.widgets.person": person,
            "form.widgets.reason": "on leave",
            "form.buttons.save": "Excuse",
        }
        return " ".join(manager.session.post(url, data=data).text.split())

    assert "but wasn't expected to read this item anyway" in answer("bob")
    assert "anyway" not in answer("alice")


@pytest.mark.parametrize(
    "path", [REPORT, "/board/@@tracking", "/board/@@clicktracker-audience"]
)
def test_an_address_has_no_token_and_no_empty_fields(read, manager, path):
    answer = manager.get(f"{path}?reader=bob&level=&since=&_authenticator=abc")
    assert answer.status_code == 200
    assert answer.url.partition("?")[2] == "reader=bob"
    assert manager.get(f"{path}?reader=").url.endswith(path)
    assert not manager.get(f"{path}?reader=b%C3%B6b").history


def test_nobody_is_sent_on_who_may_not_see_the_report(read, visitor):
    answer = visitor().session.get(
        f"{visitor().site_url}{REPORT}?reader=", allow_redirects=False
    )
    assert "who-read-this" not in answer.headers["Location"].partition("?")[0]


def test_back_from_paper_and_from_a_reader_is_the_list_as_it_was(read, manager):
    asked = "reader=b&sort_on=last&sort_order=reverse&level=opened&tab=read"
    for path in (REPORT, "/board/@@who-read-this"):
        page = manager.get(f"{path}?{asked}")
        assert names_in(page) == ["Bob Berger"]
        paper = manager.get(f"{path}-print?{asked}")
        for answer in (paper, manager.session.get(link(page, "Bob Berger"))):
            back = link(answer, "Back to the report")
            assert "b_size" not in back
            again = manager.session.get(back)
            assert names_in(again) == ["Bob Berger"]
            assert "level reached: Opened" in text_of(again)
            assert 'aria-sort="descending"' in again.text
    small = f"{REPORT}-print?b_size=7"
    assert "b_size=7" in link(manager.get(small), "Back to the report")


def test_back_leads_nowhere_else(read, manager):
    path = (
        f"{REPORT}-reader?reader=bob&back=http://evil.example.com/%26x=1%26tab=absent"
    )
    back = link(manager.get(path), "Back to the report")
    assert back == f"{manager.site_url}{REPORT}?tab=absent"


def test_a_long_word_as_a_title_breaks(tracked, manager):
    for view in ("who-read-this", "tracking", "clicktracker-audience"):
        page = manager.get(f"/board/agenda/@@{view}").text
        assert '<p class="lead text-break">' in page


def test_numbers_are_as_the_language_has_them(site, monkeypatch):
    for language, shown in (("en", "100,202"), ("de", "100.202"), ("xx", "100,202")):
        monkeypatch.setattr(api.portal, "get_current_language", lambda it=language: it)
        assert localized_number(100_202) == shown
        assert localized_number(7) == "7"


def test_a_report_of_many_has_numbers_that_can_be_read(tracked, manager, monkeypatch):
    monkeypatch.setattr(
        "slc.clicktracker.browser.report.report_view.localized_number",
        lambda number: f"<{number}>",
    )
    record(tracked.agenda, "alice")
    page = manager.get(REPORT).text
    assert 'class="badge text-bg-secondary">&lt;1&gt;<' in page
    assert "<strong>&lt;1&gt;<" in page
    assert re.search(r"Opened</span>\s*&lt;1&gt;", page)
