"""Who has read the current version, an older one, nothing yet, and who need not."""

from plone import api
from plone.app.textfield.value import RichTextValue
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from tests.audience.people import expect
from tests.audience.people import named
from tests.both_doors import flush
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import rows_of
from tests.browser.report.reports import tab
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on

import html
import re
import transaction


CSV = "/board/agenda/@@who-read-this.csv"


def test_each_reader_is_in_the_list_where_he_belongs(agenda, visitor):
    record(agenda, "alice")
    record(agenda, "bob", Version("", "of-an-older-text"))
    answer = visitor("manager").get(REPORT)
    assert tabs_in(answer) == {
        "Read": 1,
        "Not yet": 1,
        "Older version": 1,
        "Excused": 0,
    }
    assert names_in(answer) == ["Alice Anders"]
    assert names_in(tab(visitor, "older")) == ["Bob Berger"]
    answer = tab(visitor, "absent")
    assert names_in(answer) == ["Carol Castillo"]
    assert "One of 3 expected readers." in text_of(answer)
    assert "Nobody is excused" in text_of(tab(visitor, "excused"))


def test_nothing_is_known_is_not_did_not_read(agenda, visitor):
    text = text_of(tab(visitor, "absent"))
    assert "3 of 3 expected readers. None of these readers" in text
    assert "downloaded this" not in text
    assert "doesn't prove that they have not read it" in text
    assert text.count("Nothing is known.") == 3


def test_a_page_that_was_served_and_never_reported_is_told(agenda, visitor):
    bob = visitor("bob")
    bob.get("/board/agenda")
    flush()
    text = text_of(tab(visitor, "absent"))
    assert "The page was served to this reader on" in text
    text = text_of(visitor("manager").get(REPORT))
    assert "Of these, readers whose browser never reported back: 1." in text
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    flush()
    text = text_of(visitor("manager").get(REPORT))
    assert (
        "The browsers of all readers who were served the page have reported back"
        in text
    )


def test_everybody_who_is_expected_has_opened_it(agenda, visitor):
    for user in ("alice", "bob", "carol"):
        record(agenda, user)
    text = text_of(tab(visitor, "absent"))
    assert "All known expected readers have opened this" in text


def test_where_nobody_is_expected_nobody_is_said_to_have_opened_it(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        for user in ("alice", "bob", "carol"):
            excuse(agenda, Reader(user), "on leave")
    transaction.commit()
    text = text_of(tab(visitor, "absent"))
    assert "No expected readers are known." in text
    assert "has opened it" not in text


def test_the_numbers_of_the_lists_are_explained(agenda, visitor):
    expect(agenda, "alice", "bob")
    record(agenda, "alice")
    record(agenda, "bob", Version("", "of-an-older-text"))
    record(agenda, "carol")
    answer = visitor("manager").get(REPORT)
    text = text_of(answer)
    assert (
        "One of 2 has opened the current version. Bob Berger has only opened an older "
        "version. One other person has opened it." in text
    )
    assert "Nothing is known" not in text and "not opened it yet" not in text
    assert "2 readers of the current version" in text
    assert text.count("not among the expected readers") == 1
    assert (
        "One reader of an older version. The readers' own browsers report what was "
        "opened. It is not known whether they have read the current version."
    ) in text_of(tab(visitor, "older"))
    _header, *rows = rows_of(visitor("manager").get(CSV))
    assert {row[1]: row[2] for row in rows} == {
        "alice": "",
        "carol": "not among the expected readers",
    }


def test_who_is_excused_is_neither_expected_nor_absent(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, Reader("carol"), "on leave until June")
    transaction.commit()
    assert names_in(tab(visitor, "absent")) == ["Alice Anders", "Bob Berger"]
    answer = tab(visitor, "excused")
    assert names_in(answer) == ["Carol Castillo"]
    assert "on leave until June" in text_of(answer)


def test_who_read_it_although_excused_has_that_as_a_note(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, Reader("carol"), "on leave until June")
    transaction.commit()
    record(agenda, "carol")
    text = text_of(visitor("manager").get(REPORT))
    assert "Carol Castillo carol excused" in text
    assert "not among the expected readers" not in text
    text = text_of(tab(visitor, "excused"))
    assert "are in “Read” or “Older version”, with a note" in text


def test_a_page_that_was_never_tracked_says_that_and_what_to_do(site, visitor):
    expect(site.rules, "alice", "bob")
    report = "/rules/@@who-read-this"
    text = text_of(visitor("manager").get(f"{report}?tab=absent"))
    assert "This item is not tracked, so nothing is recorded here." in text
    assert "choose “Track” on the screen “Tracking”" in text
    assert "If this item were tracked, these readers would be" in text
    assert "earlier records" not in text
    record(site.rules, "alice")
    text = text_of(visitor("manager").get(report))
    assert "The list shows earlier records" in text
    assert "Nothing is recorded here" not in text


def test_nobody_with_an_older_version_is_no_denial(agenda, visitor):
    text = text_of(tab(visitor, "older"))
    assert "Nobody is known to have opened only an older version." in text


def test_one_reader_is_one_in_words(agenda, visitor):
    record(agenda, "bob")
    record(agenda, "alice")
    text = text_of(tab(visitor, "read", "bob"))
    assert "Filtered (1): name or user id contains “bob”" in text
    text = text_of(tab(visitor, "read", "b"))
    assert "Filtered (1)" in text
    assert "Filtered (2):" in text_of(tab(visitor, "read", "e"))


def test_who_has_recorded_an_exception_is_there_by_name(agenda, visitor):
    with api.env.adopt_user(username="bob"):
        excuse(agenda, Reader("carol"), "on leave")
    transaction.commit()
    assert "on leave Bob Berger (bob)," in text_of(tab(visitor, "excused"))


def test_it_is_said_from_when_on_a_text_counts_as_engaged(agenda, visitor):
    edit(agenda, text=RichTextValue("word " * 1200, "text/html", "text/x-html-safe"))
    record(agenda, "bob")
    text = text_of(visitor("manager").get(REPORT))
    assert "Readers of a text of 1,201 words count as engaged after 2 min 0 s." in text


def test_new_readers_over_time_are_shown_with_the_script_that_draws_them(
    agenda, visitor, chart_of_few
):
    assert "charts.js" not in visitor("manager").get(REPORT, whole=True).text
    record(agenda, "bob")
    for path in (
        REPORT,
        "/board/@@who-read-this?view=list",
        "/board/agenda/@@tracking",
    ):
        page = visitor("manager").get(path, whole=True)
        (script,) = re.findall(r'<script[^>]*src="([^"]*charts[^"]*)"', page.text)
        assert (
            "defer"
            in page.text.split(script)[0].rsplit("<script", 1)[1]
            + (page.text.split(script)[1].split(">")[0])
        )
        assert "New read" in text_of(page)
        assert "Week from (UTC)" in text_of(page) or "Day (UTC)" in text_of(page)
    served = visitor("manager").get(script.partition("/plone/")[2].join(["/", ""]))
    assert "Chart.js" in served.text


def test_a_change_leaves_readers_behind_and_shows_what_it_was(agenda, visitor):
    edit(agenda, description="Monday")
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    flush()
    assert names_in(visitor("manager").get(REPORT)) == ["Bob Berger"]
    edit(agenda, description="Tuesday")
    assert names_in(visitor("manager").get(REPORT)) == []
    answer = tab(visitor, "older")
    assert names_in(answer) == ["Bob Berger"]
    assert "one version behind" in text_of(answer)
    (link,) = re.findall(r'href="([^"]*one=current[^"]*)"', answer.text)
    path = html.unescape(link).partition("/plone")[2]
    comparison = visitor("manager").get(path).text
    assert "Monday" in comparison
    assert "Tuesday" in comparison
    printed = visitor("manager").get("/board/agenda/@@who-read-this-print?tab=older")
    assert "one version behind" in text_of(printed)
    assert "_authenticator" not in printed.text


def test_a_changed_tag_leaves_nobody_behind(agenda, visitor):
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    flush()
    edit(agenda, subject=("urgent",))
    assert names_in(visitor("manager").get(REPORT)) == ["Bob Berger"]


def test_of_an_old_reading_it_is_not_known_which_version_it_was(agenda, visitor):
    record(agenda, "bob", Version())
    text = text_of(tab(visitor, "older"))
    assert "unknown version" in text
    assert "behind" not in text


def test_how_far_somebody_got_and_who_printed_it_is_said(agenda, visitor):
    record(agenda, "alice", engaged=20_000, depth=40, marks=Marks.PRINTED)
    record(agenda, "bob", engaged=20_000, depth=100, marks=Marks.ENDED)
    record(agenda, "carol")
    text = text_of(visitor("manager").get(REPORT)).partition("Alice Anders")[2]
    alice, rest = text.split("Bob Berger")
    bob, carol = rest.split("Carol Castillo")
    assert "printed" in alice
    assert "up to 40 %" in alice
    assert "to the end" in bob
    assert "printed" not in bob + carol
    assert "up to" not in bob + carol


def test_another_policy_evaluates_old_readings_anew(agenda, visitor):
    record(agenda, "bob", engaged=60_000, marks=Marks.ENDED, depth=100)
    text = text_of(visitor("manager").get(REPORT))
    assert "Bob Berger bob Finished 1 min 0 s" in text
    name = f"{IEvidenceSettings.__identifier__}.least_seconds"
    api.portal.set_registry_record(name, 61)
    transaction.commit()
    text = text_of(visitor("manager").get(REPORT))
    assert "Bob Berger bob Opened 1 min 0 s" in text


def test_each_list_can_be_searched_and_downloaded(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, Reader("carol"), "=on leave")
    transaction.commit()
    record(agenda, "bob", Version("", "older"))
    assert names_in(tab(visitor, "absent", "alic")) == ["Alice Anders"]
    assert names_in(tab(visitor, "absent", "bob")) == []
    manager = visitor("manager")
    _header, *rows = rows_of(manager.get(f"{CSV}?tab=absent"))
    assert rows == [["Alice Anders", "alice", "", ""]]
    _header, row = rows_of(manager.get(f"{CSV}?tab=excused"))
    assert row[:3] == ["Carol Castillo", "carol", "'=on leave"]
    header, row = rows_of(manager.get(f"{CSV}?tab=older"))
    assert dict(zip(header, row, strict=True))["Versions behind"] == "1"


def test_a_folder_has_one_list_as_each_item_has_its_own_audience(agenda, visitor):
    record(agenda, "bob")
    answer = visitor("manager").get("/board/@@who-read-this?tab=absent")
    assert tabs_in(answer) == {}
    assert names_in(answer) == ["Bob Berger"]


def test_an_unknown_list_is_the_first_one(agenda, visitor):
    record(agenda, "bob")
    assert names_in(tab(visitor, "nonsense")) == ["Bob Berger"]


def test_what_is_wrong_with_the_audience_is_said(agenda, visitor):
    choose_audience(agenda, named(groups=("Gone",), users=("bob",)))
    transaction.commit()
    assert "“Gone” is named, but no longer exists" in text_of(tab(visitor, "absent"))
