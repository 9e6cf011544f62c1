"""The page that a secretary prints and files."""

from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.browser.report import printable
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.acknowledgements.acknowledging import say
from tests.browser.report.readings import many_readers
from tests.browser.report.reports import names_in
from tests.browser.report.reports import words_of
from tests.browser.report.versions import record

import re
import transaction


PRINT = "/board/agenda/@@who-read-this-print"


def test_it_says_what_it_is_of_and_what_it_proves(read, visitor):
    give_role(read, "carol")
    words = words_of(visitor("carol").get(PRINT))
    assert "Who read this Agenda" in words
    assert "Created by Carol Castillo" in words
    assert "List Read" in words
    assert "Evidence for the current version" in words
    assert "Bob Berger" in words
    assert "Opened The page was in front of the reader." in words
    assert "“No evidence” does not mean “did not read”" in words


def test_it_can_be_signed_and_says_nothing_about_files_where_there_are_none(
    read, visitor
):
    words = words_of(visitor("manager").get(PRINT))
    assert "Place and date Signature" in words
    assert "Downloaded" not in words
    digest = visible_version(read.agenda).digest
    assert words.endswith(f"Digest of the visible content: {digest}")
    record(read.agenda, "alice", origin=DOWNLOADED)
    words = words_of(visitor("manager").get(PRINT))
    assert "Downloaded The server delivered the whole file" in words


def test_it_explains_what_was_declared_where_something_was(read, visitor):
    manager = visitor("manager")

    def explained(path=PRINT):
        return words_of(manager.get(path)).partition("What these words mean")[2]

    assert "vouches for the reader" not in explained()
    say(read.agenda, "alice", ATTESTED)
    words = explained()
    assert "No reading recorded Nothing shows that the page was opened here" in words
    assert "Attested Somebody else vouches for the reader" in words
    assert "Acknowledged The reader has said so" not in words
    # On the other lists nobody is.
    assert "vouches for the reader" not in explained(f"{PRINT}?tab=absent")


def test_it_has_nothing_of_the_site_around_it(read, visitor):
    answer = visitor("manager").get(PRINT)
    assert "portal-header" not in answer.text
    assert "<nav" not in answer.text
    assert not re.search(r"<script(?![^>]*src=)", answer.text)
    assert "onclick" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_it_has_no_token_as_long_as_it_has_no_form(read, visitor, monkeypatch):
    manager = visitor("manager")
    answer = manager.get(PRINT)
    assert "<form" not in answer.text
    assert "token" not in answer.text
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    form = "<FORM action='.'></FORM>"
    monkeypatch.setattr(printable.PrintableReport, "answer_part", lambda _self: form)
    assert 'name="_authenticator"' in manager.get(PRINT).text


def test_the_list_is_that_of_the_screen(tracked, visitor):
    many_readers(tracked.agenda)
    answer = visitor("manager").get(f"{PRINT}?reader=reader1&sort_order=reverse")
    assert names_in(answer) == [f"reader1{n}" for n in range(9, -1, -1)]
    assert "name or user id contains" in words_of(answer).lower()
    assert len(names_in(visitor("manager").get(f"{PRINT}?b_size=5"))) == 45


def test_every_tab_can_be_printed(tracked, visitor):
    expect(tracked.agenda, "alice", "bob", "carol")
    record(tracked.agenda, "alice")
    excuse(tracked.agenda, Reader("bob"), "on leave")
    transaction.commit()
    manager = visitor("manager")
    words = words_of(manager.get(f"{PRINT}?tab=absent"))
    assert "Carol Castillo" in words and "Nothing is known." in words
    assert "doesn't prove that they have not read it" in words
    assert "on leave" in words_of(manager.get(f"{PRINT}?tab=excused"))
    assert "Nobody is known to have opened only an older" in words_of(
        manager.get(f"{PRINT}?tab=older")
    )


def test_a_list_too_long_for_paper_says_where_the_rest_is(
    tracked, visitor, monkeypatch
):
    monkeypatch.setattr(printable, "MOST_ROWS", 30)
    many_readers(tracked.agenda)
    answer = visitor("manager").get(PRINT)
    assert len(names_in(answer)) == 30
    words = words_of(answer)
    assert "Only the first 30 of 45 entries are on this page" in words
    assert "CSV, Excel and JSON" in words


def test_names_are_for_those_with_the_permission(read, visitor):
    for name in ("bob", None):
        assert "Castillo" not in visitor(name).get(PRINT).text


def test_a_storage_that_is_down_is_said(read, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    words = words_of(visitor("manager").get(PRINT))
    assert "The storage for readings can't be reached now" in words
    assert "Nobody is known" not in words


def test_a_page_without_a_list_says_what_it_was_to_be_of(read, visitor, monkeypatch):
    give_role(read, "carol")
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    answer = visitor("carol").get(f"{PRINT}?tab=absent&reader=al")
    words = words_of(answer)
    assert "The storage for readings can't be reached now" in words
    assert "Created by Carol Castillo" in words
    assert "List Not yet" in words
    (back,) = re.findall(r'href="([^"]*@@who-read-this\?[^"]*)"', answer.text)
    assert "tab=absent" in back
    assert "reader=al" in back


def test_a_page_of_what_is_not_recorded_says_so(read, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    answer = visitor("manager").get(f"{PRINT}?tab=absent")
    assert answer.status_code == 200
    assert "Recording is switched off" in words_of(answer)
    assert "/board/agenda/@@who-read-this" in answer.text
