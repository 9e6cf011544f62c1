"""The report of a folder opens with a table of people and papers."""

from plone import api
from slc.clicktracker.browser.report import matrix_table
from slc.clicktracker.reports import matrix
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import Version
from tests.audience.people import add_accounts
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.acknowledgements.acknowledging import say
from tests.browser.report.reports import names_in
from tests.browser.report.reports import text_of
from tests.browser.report.reports import words_of
from tests.browser.report.versions import record

import lxml.html
import pytest


FOLDER = "/board/@@who-read-this"


@pytest.fixture
def board(tracked):
    """Alice and Bob should read the agenda, and Carol as well the budget."""
    expect(tracked.agenda, "alice", "bob")
    expect(tracked.budget, "alice", "bob", "carol")
    return tracked


def table_of(answer):
    """Return the titles of the columns, and the cells of each person, as they are told
    to who can't see them."""
    (table,) = lxml.html.fromstring(answer.text).xpath(
        "//table[contains(@class, 'clicktracker-matrix')]"
    )
    titles = [each.text.strip() for each in table.xpath(".//thead//a")]
    cells = {}
    for row in table.xpath(".//tbody/tr"):
        name = row.xpath("th/a")[0].text.strip()
        read, *states = row.xpath("td")
        told = [state.xpath("string(span[2])") for state in states]
        cells[name] = [" ".join(read.text_content().split()), *told]
    return titles, cells


def test_whoever_is_attested_to_have_read_it_is_what_the_legend_says(board, visitor):
    say(board.agenda, "alice", ATTESTED)
    answer = visitor("manager").get(FOLDER)
    _titles, cells = table_of(answer)
    assert cells["Alice Anders"] == ["1 of 2", "Read", "not yet"]
    assert (
        "✓: the current version was opened or downloaded, or is acknowledged or attested"
        in (text_of(answer))
    )


def test_people_are_listed_with_what_each_has_read_the_most_missing_first(
    board, visitor
):
    record(board.agenda, "alice")
    record(board.budget, "alice")
    record(board.budget, "carol", Version("", "of-an-older-text"))
    record(board.agenda, "bob")
    # Whom nobody expects to read it is in none of its figures.
    record(board.agenda, "carol")
    answer = visitor("manager").get(FOLDER)
    titles, cells = table_of(answer)
    assert titles == ["Agenda", "Budget"]
    assert list(cells.items()) == [
        ("Bob Berger", ["1 of 2", "Read", "not yet"]),
        ("Carol Castillo", ["0 of 1", "not expected", "Older version"]),
        ("Alice Anders", ["2 of 2", "Read", "Read"]),
    ]
    text = text_of(answer)
    assert "3 of 5 expected readings are known." in text
    assert "Least read: Budget (1 of 3)." in text
    assert "Older: only an older version." in text


def test_each_paper_leads_to_its_report_and_each_person_to_what_is_missing(
    board, visitor
):
    manager = visitor("manager")
    page = lxml.html.fromstring(manager.get(FOLDER).text)
    (paper,) = page.xpath("//thead//a[normalize-space()='Budget']/@href")
    assert paper.endswith("/board/budget/@@who-read-this")
    (person,) = page.xpath("//tbody//a[normalize-space()='Carol Castillo']/@href")
    text = text_of(manager.get(person.partition("/plone")[2]))
    assert "Carol Castillo" in text and "Budget" in text and "Agenda" not in text


def test_the_list_of_all_readings_is_the_second_view(board, visitor):
    record(board.agenda, "bob")
    manager = visitor("manager")
    page = lxml.html.fromstring(manager.get(FOLDER).text)
    (listed,) = page.xpath("//a[normalize-space()='All readings']/@href")
    answer = manager.get(listed.partition("/plone")[2])
    assert names_in(answer) == ["Bob Berger"]
    assert "clicktracker-matrix" not in answer.text
    for query in ("reader=bob", "level=opened", "sort_on=last", "since=2026-01-01"):
        assert names_in(manager.get(f"{FOLDER}?{query}")) == ["Bob Berger"]


def test_of_many_documents_it_is_said_why_there_is_none(board, visitor, monkeypatch):
    record(board.agenda, "bob")
    manager = visitor("manager")
    for limit in ("MOST_DOCUMENTS", "MOST_ITEMS"):
        with monkeypatch.context() as patched:
            patched.setattr(matrix, limit, 1)
            answer = manager.get(FOLDER)
            assert names_in(answer) == ["Bob Berger"]
            assert "only made for up to 20 tracked documents" in text_of(answer)
            assert "/board/@@clicktracker-dashboard-members" in answer.text
            listed = text_of(manager.get(f"{FOLDER}?view=list"))
            assert "only made for up to" not in listed


def test_many_people_are_on_several_pages_and_can_be_searched(board, visitor):
    add_accounts(45)
    expect(board.budget, "carol", *[f"member{number:05}" for number in range(45)])
    record(board.budget, "carol")
    manager = visitor("manager")
    first = table_of(manager.get(FOLDER))[1]
    second = table_of(manager.get(f"{FOLDER}?b_start=40"))[1]
    assert (len(first), len(second)) == (40, 8)
    assert not first.keys() & second.keys()
    assert list(second)[-1] == "Carol Castillo"
    assert table_of(manager.get(f"{FOLDER}?b_start=4000"))[1] == second
    found = table_of(manager.get(f"{FOLDER}?person=CAST"))[1]
    assert list(found) == ["Carol Castillo"]
    text = text_of(manager.get(f"{FOLDER}?person=nobody"))
    assert "No name or user id contains nobody" in text


def test_it_is_printed_without_the_site_around_it(board, visitor, monkeypatch):
    record(board.agenda, "bob")
    manager = visitor("manager")
    answer = manager.get(f"{FOLDER}-print", whole=True)
    assert table_of(answer)[1]["Bob Berger"] == ["1 of 2", "Read", "not yet"]
    assert "All readings" not in words_of(answer)
    assert f'href="{manager.site_url}{FOLDER}"' in answer.text
    monkeypatch.setattr("slc.clicktracker.browser.report.printable.MOST_PEOPLE", 2)
    answer = manager.get(f"{FOLDER}-print", whole=True)
    assert len(table_of(answer)[1]) == 2
    assert "Only the first 2 of 3 people are on this page." in words_of(answer)


def test_whose_readers_the_viewer_may_not_see_is_not_in_it(board, visitor):
    record(board.budget, "bob")
    with api.env.adopt_roles(["Manager"]):
        # Who has a role in the folder has none in this paper.
        board.budget.__ac_local_roles_block__ = True
        board.budget.reindexObjectSecurity()
    give_role(board, "carol")
    for ending in ("", "-print"):
        answer = visitor("carol").get(FOLDER + ending, whole=True)
        titles, cells = table_of(answer)
        assert titles == ["Agenda"]
        assert "Carol Castillo" not in cells
        assert "Budget" not in text_of(answer)


def test_a_version_that_is_not_known_yet_says_so(board, visitor, monkeypatch):
    record(board.agenda, "bob")
    known = matrix.expected_readers

    def unknown(documents, audiences):
        first, *others = known(documents, audiences)
        return (matrix.Expected(first.document, first.audience, None), *others)

    monkeypatch.setattr(matrix, "expected_readers", unknown)
    _titles, cells = table_of(visitor("manager").get(FOLDER))
    unknown = "The version is not known yet."
    assert cells["Bob Berger"] == ["0 of 1", unknown, "not yet"]


def test_many_papers_are_printed_on_a_sheet_that_lies(board, visitor, monkeypatch):
    manager = visitor("manager")
    assert "clicktracker-wide" not in manager.get(f"{FOLDER}-print").text
    monkeypatch.setattr(matrix_table, "_MOST_UPRIGHT", 1)
    assert "clicktracker-wide" in manager.get(f"{FOLDER}-print").text
