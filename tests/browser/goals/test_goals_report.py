"""``@@clicktracker-goals``: what readers reached, and which variant did better."""

from lxml import html
from plone import api
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.reports.goals import intervals
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.testing.goals import chance
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import LONG
from tests.browser.report.exported import exported
from tests.browser.report.exported import FORMATS
from tests.goals.readers import DAYS
from tests.goals.readers import fill
from tests.goals.readers import GOALS
from tests.goals.readers import PEOPLE
from tests.goals.readers import use
from urllib.parse import urlencode

import pytest
import re
import transaction


SCREEN = "/@@clicktracker-goals"


@pytest.fixture
def history(functional):
    fill(site_storage())
    use()


@pytest.fixture
def screen(functional, visitor):
    """Return a function: the screen for somebody, usually the manager."""

    def of(ending="", user="manager", **asked):
        asked = urlencode({**DAYS, **asked})
        return visitor(user).get(f"{SCREEN}{ending}?{asked}")

    return of


def content_of(answer):
    assert answer.status_code == 200, answer.status_code
    return html.fromstring(answer.text).get_element_by_id("content")


def words(element):
    return " ".join(element.text_content().split())


def table(answer, name="clicktracker-goals"):
    rows = content_of(answer).xpath(f".//*[@aria-labelledby='{name}']//tbody/tr")
    return [[words(cell) for cell in row] for row in rows]


def test_goals_have_their_readers_and_a_share(screen, history):
    assert table(screen()) == [
        ["Read Finished at or below /news", "43", "51.2 % 43 of 84 since Jan 01, 2026"],
        ["Sign-up Event “sign-up”", "6 7 times", "–"],
        ["</b> Opened", "fewer than 5", "– fewer than 5"],
    ]


def test_who_could_have_downloaded_something_nobody_knows(screen, history):
    goal = "Read: downloaded"
    use((goal,), ())
    storage = site_storage()
    storage.record([download(who, version=LONG) for who in PEOPLE[:43]])
    known_as = goal_of(goal).known_as
    storage.reach_goals(
        [chance(who, "downloaded", goal=known_as) for who in PEOPLE[:43]]
    )
    assert table(screen()) == [["Read Downloaded", "43", "–"]]
    (row,) = exported(screen(".json")).rows
    assert [cell for cell in row if isinstance(cell, (int, float))] == [43, 43]
    assert row[-1] is None


def test_variants_are_side_by_side_with_intervals_of_a_library(screen, history):
    short, long, none = table(screen(), "clicktracker-split-1")
    # By scipy.stats: proportion_ci(method="wilson") and relative_risk.
    assert short == ["short", "40", "30", "75.0 % 59.8 % to 85.8 %", "–"]
    assert long == [
        *("long", "40", "12", "30.0 % 18.1 % to 45.4 %"),
        "0.40 0.24 to 0.66 more than chance",
    ]
    assert none == ["none", "fewer than 5", "fewer than 5", "–", "–"]


def test_without_the_library_there_are_numbers_and_what_to_install(
    screen, history, monkeypatch
):
    monkeypatch.setattr(intervals, "find_spec", lambda name: None)
    answer = screen()
    assert table(answer, "clicktracker-split-1")[1] == [
        "long",
        "40",
        "12",
        "30.0 %",
        "0.40",
    ]
    assert 'pip install "slc.clicktracker[splits]"' in words(content_of(answer))


def test_only_these_days_count(screen, history):
    later = screen(since="2026-01-02")
    assert table(later)[0][1:] == ["fewer than 5", "– fewer than 5"]
    assert table(later, "clicktracker-split-1")[0][1] == "fewer than 5"
    assert "This period can't be shown" in screen(since="never").text


def test_where_there_are_no_goals_it_says_how_to_begin(screen, visitor):
    use((), ())
    answer = screen()
    assert "There are no goals yet. Enter the first one" in words(content_of(answer))
    (link,) = re.findall('[^"]*@@clicktracker-settings[?][^"]*', answer.text)
    page = visitor("manager").get(link[link.index("/@@") :]).text
    assert re.search(r'<details[^>]*id="fieldset-goals"[^>]* open', page)
    assert not re.search(r'<details[^>]*id="fieldset-visitors"[^>]* open', page)
    assert content_of(answer).xpath(".//table") == []


def test_goals_that_are_events_need_events_from_pages(screen, history):
    assert "“Events from pages” is switched off" in words(content_of(screen()))
    api.portal.set_registry_record("page_events", True, IMemberEventsSettings)
    transaction.commit()
    assert "is switched off" not in words(content_of(screen()))


def test_what_was_reached_by_another_definition_is_not_shown_as_this_goal(
    screen, history
):
    use(("Read: opened; below /news", *GOALS[1:]))
    answer = screen()
    assert table(answer)[0][1:] == ["fewer than 5", "– fewer than 5"]
    assert table(answer, "clicktracker-split-1")[0][2] == "fewer than 5"
    use(("READ: Finished; below /news/; matomo 3", *GOALS[1:]))
    answer = screen()
    assert table(answer)[0][1] == "43"
    assert table(answer, "clicktracker-split-1")[0][2] == "30"


def test_a_goal_that_the_settings_have_no_more_is_told_of_a_split(screen, history):
    use(goals=GOALS[1:])
    answer = screen()
    assert "There is no goal with this name in the settings" in words(
        content_of(answer)
    )
    assert table(answer, "clicktracker-split-1") == []
    assert exported(screen(".json")).rows[2:] == []


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_has_all_of_it(screen, history, ending):
    found = exported(screen(f".{ending}"))
    rows = [dict(zip(found.titles, row, strict=True)) for row in found.rows]
    assert [(row["Goal"], row["Variant"] or "") for row in rows] == [
        *(("Read", ""), ("Sign-up", ""), ("</b>", "")),
        *(("Read", "short"), ("Read", "long"), ("Read", "none")),
    ]
    read, long, none = rows[0], rows[4], rows[5]
    number = str if ending == "csv" else float
    for title, value in (("Readers who reached it", 43), ("Share (percent)", 51.2)):
        assert number(read[title]) == number(value)
    assert [number(long[title]) for title in ("Readers", "Reached the goal")] == [
        *(number(40), number(12))
    ]
    assert number(long["Share at least (percent)"]) == number(18.1)
    assert number(long["Ratio at most"]) == number(0.66)
    few = (
        none["Readers"],
        none["Ratio to the first"],
        rows[2]["Of these, reached the goal"],
    )
    if ending == "json":
        assert few == (None, None, None)
        assert none["Not shown"].startswith("shown, reached, share,")
        assert [row["Not shown"] for row in (read, rows[1], long)] == [None] * 3
        assert [row["What to reach"] for row in rows[:3]] == [
            *("finished", "event", "opened")
        ]
    else:
        assert few == ("fewer than 5", "not shown", "fewer than 5")
        assert rows[1]["What to reach"] == "Event"
    assert rows[1]["Name of the event"] == "sign-up"
    assert read["First served since"] == "2026-01-01"
    # What there can't be is empty, as ever.
    assert not rows[1]["Share (percent)"] and not rows[3]["Ratio to the first"]


@pytest.mark.parametrize("ending", FORMATS)
def test_there_is_no_file_of_other_days_than_were_asked_for(screen, history, ending):
    for days in ({"since": "abc"}, {"since": ""}, {"since": "9999-01-01"}):
        assert screen(f".{ending}", **days).status_code == 400
    assert screen(f".{ending}", since="abc").text == (
        "From: Enter a date like 2026-05-31."
    )


def test_few_who_have_not_reached_a_goal_are_not_found_out_either(screen, history):
    api.portal.set_registry_record("smallest_group", 11, IGoalSettings)
    use(("Read: finished; below /news",), ("headline: short, long; goal Read",))
    page = screen()
    assert table(page, "clicktracker-split-1") == [
        ["short", "40", "all except fewer than 11", "–", "–"],
        [*("long", "40", "12", "30.0 % 18.1 % to 45.4 %"), "–"],
    ]
    assert table(page)[0][1:] == ["43", "51.2 % 43 of 84 since Jan 01, 2026"]
    api.portal.set_registry_record("smallest_group", 42, IGoalSettings)
    transaction.commit()
    assert table(screen())[0][1:] == ["43", "– all except fewer than 42"]
    (read, *_) = exported(screen(".csv")).rows
    assert "not shown" in read and "84" not in read


def test_what_is_left_out_and_what_nobody_was_shown_is_said_once(screen, history):
    use(GOALS, ("headline: short, long; goal Read, Sign-up", "other: a, b; goal Read"))
    said = words(content_of(screen()))
    assert said.count("readers, or none, saw several variants") == 1
    assert said.count("perhaps no page asks for the split “other”") == 1
    assert "perhaps no page asks for the split “headline”" not in said
    assert "headline, by the goal “Sign-up”" in said


def test_who_may_not_see_visitors_sees_none_of_it(screen, history):
    for ending in ("", ".json"):
        answer = screen(ending, "bob")
        assert "/login" in answer.url or "insufficient-privileges" in answer.url
    site = api.portal.get()
    site.manage_permission(VIEW_VISITORS, ["Member", "Manager"], acquire=1)
    transaction.commit()
    answer = screen(user="bob")
    assert len(table(answer)) == 3
    assert "clicktracker-settings" not in answer.text
    use((), ())
    said = words(content_of(screen(user="bob")))
    assert "Site administrators can enter the first one." in said


def test_a_storage_that_can_t_be_reached_is_told(screen, history, monkeypatch):
    def down(*arguments):
        raise StorageUnavailable("down")

    monkeypatch.setattr(type(site_storage()), "goal_figures", down)
    assert "The storage can't be reached now" in screen().text
    assert screen(".csv").status_code == 503
