"""The report opens with the answer: a sentence, and a bar that leads to the lists."""

from datetime import timedelta
from plone import api
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from tests.audience.people import add_accounts
from tests.audience.people import expect
from tests.browser.acknowledgements.acknowledging import say
from tests.browser.report.readings import NOON
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tab
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record

import lxml.html
import pytest
import transaction


OLD = Version("", "of-an-older-text")
TO_THE_END = {
    "engaged": 200_000,
    "seen": NOON + timedelta(seconds=200),
    "marks": Marks.ENDED,
}
TRACKING = "/board/agenda/@@tracking"


def answer_on(page):
    """Return the sentences at the top."""
    (box,) = lxml.html.fromstring(page.text).cssselect(".clicktracker-summary > p")
    return " ".join(box.text_content().split())


def parts_on(page):
    """Return the parts of the bar: their titles, widths and where they lead."""
    parts = lxml.html.fromstring(page.text).cssselect(".progress-stacked a")
    return [(a.get("title"), a.get("style"), a.get("href")) for a in parts]


@pytest.mark.parametrize("path", [REPORT, TRACKING])
def test_it_says_who_has_read_it_who_an_older_version_and_of_whom_nothing_is_known(
    agenda, visitor, path
):
    record(agenda, "alice")
    record(agenda, "bob", OLD)
    answer = answer_on(visitor("manager").get(path))
    assert answer == (
        "One of 3 has opened the current version. Bob Berger has only opened an older "
        "version. Nothing is known of Carol Castillo."
    )


def test_of_many_people_nobody_is_said_once(agenda, visitor):
    add_accounts(8)
    expect(agenda, *[f"member{number:05}" for number in range(8)])
    assert answer_on(visitor("manager").get(REPORT)) == (
        "None of 8 is known to have opened the current version."
    )


def test_nobody_and_everybody_are_said_as_such(agenda, visitor):
    manager = visitor("manager")
    assert answer_on(manager.get(REPORT)) == (
        "None of 3 is known to have opened the current version. Nothing is known of "
        "Alice Anders, Bob Berger, Carol Castillo."
    )
    for user in ("alice", "bob", "carol"):
        record(agenda, user)
    everybody = "All 3 expected readers have opened the current version."
    assert answer_on(manager.get(REPORT)) == everybody
    expect(agenda, "alice")
    assert answer_on(manager.get(REPORT)) == (
        "The only expected reader has opened the current version. 2 other people have "
        "opened it."
    )
    expect(agenda)
    assert answer_on(manager.get(REPORT)) == (
        "No expected readers are known. 3 people have opened it."
    )


def test_of_whom_something_is_known_it_is_not_said_that_nothing_is(agenda, visitor):
    record(agenda, "alice")
    record(agenda, "bob", origin=SERVED)
    assert answer_on(visitor("manager").get(REPORT)) == (
        "One of 3 has opened the current version. Bob Berger, Carol Castillo have not "
        "opened it yet, as far as is known."
    )


def test_an_earlier_account_with_the_id_is_not_who_has_read_an_older_version(
    agenda, visitor
):
    record(agenda, "alice", OLD)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="alice")
        api.user.create(username="alice", email="a@example.org", password="secret!!x")
    transaction.commit()
    record(agenda, "bob", OLD)
    assert "Bob Berger has only opened an older version." in answer_on(
        visitor("manager").get(REPORT)
    )


def test_more_than_three_people_are_counted(agenda, visitor):
    add_accounts(8)
    members = [f"member{number:05}" for number in range(8)]
    expect(agenda, *members)
    for user in members[:4]:
        record(agenda, user, OLD)
    assert answer_on(visitor("manager").get(REPORT)) == (
        "None of 8 is known to have opened the current version. 4 have only opened an "
        "older version. 4 have not opened it yet, as far as is known."
    )


def test_the_parts_of_the_bar_lead_to_the_people_in_them(agenda, visitor):
    record(agenda, "alice", **TO_THE_END)
    record(agenda, "bob", OLD)
    # Nobody expected Dave.
    record(agenda, "dave")
    manager = visitor("manager")
    parts = parts_on(manager.get(REPORT))
    assert [part[:2] for part in parts] == [
        ("Finished: 1", "width: 33.33%"),
        ("Older version: 1", "width: 33.33%"),
        ("Not yet: 1", "width: 33.33%"),
    ]
    for (_title, _style, href), name in zip(
        parts, ("Alice Anders", "Bob Berger", "Carol Castillo"), strict=True
    ):
        listed = manager.get(href.partition("/plone")[2].partition("#")[0])
        assert names_in(listed) == [name]


def test_the_answer_is_the_same_whatever_list_is_shown(agenda, visitor):
    record(agenda, "alice")
    record(agenda, "bob", OLD)
    found = {
        answer_on(tab(visitor, name, search))
        for name in ("read", "absent", "older", "excused")
        for search in ("", "a")
    }
    assert len(found) == 1


def test_it_says_by_when_it_was_last_read(agenda, visitor):
    record(agenda, "alice")
    manager = visitor("manager")
    assert "Last read on May 04, 2026" in text_of(manager.get(REPORT))
    later = NOON + timedelta(days=3)
    record(agenda, "bob", issued=later, opened=later, seen=later)
    # Who works on it has not read it, and visitors are no readers.
    last = NOON + timedelta(days=9)
    record(agenda, "", issued=last, opened=last, seen=last)
    assert "Last read on May 07, 2026" in text_of(manager.get(REPORT))
    # Of more than are on the page, too.
    assert "Last read on May 07, 2026" in text_of(manager.get(f"{REPORT}?b_size=1"))
    # Whoever vouches for somebody has not opened it for them.
    say(agenda, "carol", ATTESTED)
    assert "Last read on May 07, 2026" in text_of(manager.get(REPORT))


def test_where_it_is_not_tracked_yet_the_choice_comes_first(site, visitor):
    page = visitor("manager").get("/rules/@@tracking").text
    assert "progress-stacked" not in page and "clicktracker-summary" not in page
    assert page.index('value="track"') < page.index("clicktracker-settings")
    assert (
        "<summary"
        not in page.partition('id="content-core"')[2].partition(
            "clicktracker-settings"
        )[0]
    )


def test_where_it_is_tracked_the_choice_is_folded_behind_the_answer(agenda, visitor):
    page = visitor("manager").get(TRACKING).text
    answer = page.index("clicktracker-summary")
    folded = page.index("<details", page.index("clicktracker-settings"))
    assert answer < folded < page.index('value="track"') < page.index('id="readers"')
