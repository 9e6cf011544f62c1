"""Who has read what is deleted: the same list, and nothing of what is in the site."""

from datetime import timedelta
from slc.clicktracker.reports import figures
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from tests.browser.dashboard.dashboards import links
from tests.browser.report.deleted import delete
from tests.browser.report.deleted import LIST
from tests.browser.report.deleted import report
from tests.browser.report.exported import exported
from tests.browser.report.exported import FORMATS
from tests.browser.report.readings import many_readers
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.browser.report.reports import names_in
from tests.browser.report.reports import text_of
from tests.browser.report.reports import words_of
from tests.layers import FULL_NAMES

import html
import pytest
import re
import uuid


def record_version(document, user, version, when=NOON, **more):
    """Somebody has read a version of a document."""
    values = {
        "key": uuid.uuid4().hex,
        "issued": when,
        "opened": when,
        "seen": when + timedelta(minutes=5),
        "document": document,
        "reader": Reader(user, name=FULL_NAMES.get(user, "")),
        "url": "/board/agenda",
        "version": version,
    }
    site_storage().record([Access(**values | more)])


@pytest.fixture
def uid(read):
    """The agenda, which Bob has read twice and Carol once, is deleted."""
    return delete(read.agenda)


def test_its_readers_are_listed_as_those_of_a_folder_are(uid, visitor, monkeypatch):
    answer = visitor("manager").get(report(uid))
    assert answer.status_code == 200
    assert "clicktracker-chart" not in answer.text
    assert "charts.js" not in visitor("manager").get(report(uid), whole=True).text
    monkeypatch.setattr(figures, "FEWEST_READERS", 2)
    answer = visitor("manager").get(report(uid))
    assert "clicktracker-chart" in answer.text
    assert "charts.js" in visitor("manager").get(report(uid), whole=True).text
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]
    text = text_of(answer)
    assert "This document is deleted." in text
    assert "Agenda /board/agenda" in text
    assert "Bob Berger bob Opened not reported not reported 2 May 05, 2026" in text
    assert "Each member counts once, whatever version they read." in text
    assert "no-store" in answer.headers["Cache-Control"]


def test_who_was_expected_is_not_told(uid, visitor):
    answer = visitor("manager").get(report(uid))
    assert "Nobody knows any more who was expected to read it." in text_of(answer)
    assert "Lists of readers" not in answer.text
    assert "tab=" not in answer.text
    assert names_in(visitor("manager").get(report(uid, query="&tab=absent"))) == [
        "Bob Berger",
        "Carol Castillo",
    ]


def test_a_row_of_the_list_leads_here_and_a_link_back(uid, visitor):
    manager = visitor("manager")
    path = links(manager.get(LIST))["Agenda"].partition("/plone")[2]
    answer = manager.get(path)
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]
    assert links(answer)["All deleted documents"].endswith(LIST)
    assert not [url for url in links(answer).values() if "/board/agenda" in url]


def test_it_is_sorted_filtered_and_cut_into_pages(tracked, visitor):
    many_readers(tracked.agenda)
    uid = delete(tracked.agenda)
    manager = visitor("manager")
    answer = manager.get(report(uid, query="&sort_on=name&sort_order=reverse"))
    assert names_in(answer)[:2] == ["reader44", "reader43"]
    answer = manager.get(report(uid, query="&reader=reader1&b_size=4&b_start=8"))
    assert names_in(answer) == ["reader18", "reader19"]
    assert "Filtered (10):" in text_of(answer)
    assert names_in(manager.get(report(uid, query="&level=finished"))) == []
    assert names_in(manager.get(report(uid, query="&since=2026-05-05"))) == []
    assert "Enter a date like" in text_of(manager.get(report(uid, query="&since=soon")))


def test_each_address_and_form_on_the_page_keeps_the_document(tracked, visitor):
    many_readers(tracked.agenda)
    uid = delete(tracked.agenda)
    answer = visitor("manager").get(report(uid, query="&reader=reader"))
    found = re.findall(
        r'href="([^"]*@@clicktracker-deleted-document[^"]*)"', answer.text
    )
    kinds = ("sort_on=count", "b_start", "-reader?", ".csv?", ".xlsx?", "-print?")
    for kind in kinds:
        assert [address for address in found if kind in address]
    assert all(f"uid={uid}" in html.unescape(address) for address in found)
    form = answer.text.partition("clicktracker-filters")[2].partition("</form>")[0]
    assert re.search(rf'<input[^>]*name="uid"[^>]*value="{uid}"', form)


def test_versions_are_compared_with_the_last_one_that_anybody_got(tracked, visitor):
    agenda = Document(tracked.agenda.UID(), "/plone/board/agenda", "Agenda")
    first, second = Version("1", "d1", 100), Version("2", "d2", 100)
    record_version(agenda, "alice", first)
    record_version(agenda, "bob", second, NOON + timedelta(days=1), engaged=200_000)
    record_version(agenda, "carol", Version("", "d0"), NOON - timedelta(days=1))
    uid = delete(tracked.agenda)
    manager = visitor("manager")
    text = text_of(manager.get(report(uid)))
    assert "Alice Anders alice Opened one version behind" in text
    assert "Bob Berger bob Engaged 3 min 20 s" in text
    assert "Carol Castillo carol Opened 2 versions behind" in text
    assert "What has changed since" not in text
    found = exported(manager.get(report(uid, ".json")))
    versions = found.titles.index("Version read")
    assert [row[versions : versions + 2] for row in found.rows] == [
        ["1", 1],
        ["2", 0],
        ["2026-05-03", 2],
    ]


def test_what_was_downloaded_says_so(tracked, visitor):
    lease = Document(uuid.uuid4().hex, "/plone/board/lease.pdf", "Lease")
    record_version(lease, "bob", Version("", "f1"), origin=DOWNLOADED)
    answer = visitor("manager").get(report(lease.uid))
    text = text_of(answer)
    assert "Bob Berger bob Downloaded" in text
    assert "Last opened or downloaded" in text
    assert "The server observes what is downloaded." in text


def test_a_name_leads_to_all_that_is_known_of_the_reader(uid, visitor):
    manager = visitor("manager")
    path = links(manager.get(report(uid)))["Bob Berger"].partition("/plone")[2]
    answer = manager.get(path)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "Bob Berger bob · Agenda /board/agenda" in text
    assert "This document is deleted." in text
    assert "This person is" not in text
    assert "Every opening" in text
    back = links(answer)["Back to the report"].partition("/plone")[2]
    assert names_in(manager.get(back)) == ["Bob Berger", "Carol Castillo"]
    nobody = manager.get(report(uid, "-reader", "&reader=alice"))
    assert nobody.status_code == 404
    assert "Nothing is known here about a reader" in text_of(nobody)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_list_can_be_taken_along(uid, visitor, kind):
    answer = visitor("manager").get(report(uid, f".{kind}", "&reader=bob"))
    disposition = answer.headers["Content-Disposition"]
    assert re.search(rf'filename="agenda-20[0-9-]+\.{kind}"', disposition)
    found = exported(answer)
    assert [row[:2] for row in found.rows] == [["Bob Berger", "bob"]]
    assert found.rows[0][3:5] == ["Agenda", "/board/agenda"]
    if kind == "json":
        told = ("document", "address", "uid", "deleted", "version", "expected", "list")
        assert [found.about[name] for name in told] == [
            *("Agenda", "/board/agenda", uid, True, None, None, None)
        ]
    if kind == "xlsx":
        assert found.about["Deleted"] == "yes"


def test_a_report_of_what_is_there_says_that_too(read, visitor):
    answer = visitor("manager").get("/board/agenda/@@who-read-this.json")
    assert exported(answer).about["deleted"] is False


def test_the_list_can_be_printed(uid, visitor):
    answer = visitor("manager").get(report(uid, "-print"))
    words = words_of(answer)
    assert "Who read this Agenda" in words
    assert "This document is deleted." in words
    assert "Address /board/agenda" in words
    assert "Bob Berger" in words
    assert "“No evidence” does not mean “did not read”" in words
    assert f"@@clicktracker-deleted-document?uid={uid}" in html.unescape(answer.text)


def test_recorded_texts_are_shown_as_text_and_run_nowhere(tracked, visitor):
    title = '=HYPERLINK("http://evil.example.com")<script>alert("x")</script>'
    document = Document(uuid.uuid4().hex, "/plone/<img src=x onerror=y>", title)
    record_version(document, "bob", Version("1", "d1"))
    manager = visitor("manager")
    for ending in ("", "-print", "-reader"):
        answer = manager.get(report(document.uid, ending, "&reader=bob"))
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert not re.search(r'(href|src)="[^"]*evil', answer.text)
    (row,) = exported(manager.get(report(document.uid, ".csv"))).rows
    assert row[3].startswith("'=HYPERLINK")


def test_readings_after_the_deletion_belong_to_it(uid, visitor, read):
    """A page that was open when it was deleted has reported back."""
    agenda = Document(uid, "/plone/board/agenda", "Agenda")
    record_version(agenda, "alice", Version("", "d9"), NOON + timedelta(days=3))
    record(read.budget, "alice")
    assert "Alice Anders" in names_in(visitor("manager").get(report(uid)))
