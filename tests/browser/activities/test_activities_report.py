"""``@@clicktracker-activities``: what those who are followed do, beside the sample."""

from DateTime import DateTime
from datetime import timedelta
from html import unescape
from lxml import html
from plone import api
from slc.clicktracker.activities.cohorts import Cohorts
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.reports.activities import found
from slc.clicktracker.sites.cohorts import keep_cohorts
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import utc_now
from tests.activities.events import event
from tests.activities.population import MEMBERS
from tests.activities.population import Population
from tests.browser.report.exported import exported
from tests.browser.report.exported import FORMATS
from urllib.parse import parse_qs
from urllib.parse import urlencode
from urllib.parse import urlsplit

import json
import pytest
import transaction


SCREEN = "/@@clicktracker-activities"
OCTOBER = {"since": "2026-10-01", "until": "2026-10-31"}
BULK = "Bulk submitting: added; at least 5 within 10 minutes"
RULES = (BULK, "Updating: commented")


def use_rules(*lines):
    api.portal.set_registry_record("rules", lines, IActivityRules)
    transaction.commit()


@pytest.fixture
def people(functional):
    """A population whose behaviour is known has been here in October."""
    made = Population(5)
    site_storage().record_events(made.events)
    use_rules(*RULES)
    return made


@pytest.fixture
def screen(functional, visitor):
    """Return a function: the screen for somebody, usually the manager."""

    def of(ending="", user="manager", **asked):
        return visitor(user).get(
            f"{SCREEN}{ending}?{urlencode({**OCTOBER, **asked}, doseq=True)}"
        )

    return of


def content_of(answer):
    assert answer.status_code == 200, answer.status_code
    return html.fromstring(answer.text).get_element_by_id("content")


def words(element):
    return " ".join(element.text_content().split())


def table(answer, name="clicktracker-activities"):
    """Return the rows of a table."""
    rows = content_of(answer).xpath(f".//*[@aria-labelledby='{name}']//tbody/tr")
    return [[words(cell) for cell in row] for row in rows]


def raw(answer):
    return table(answer, "clicktracker-unclassified-heading")


def alerts(answer):
    return " ".join(
        map(words, content_of(answer).xpath(".//*[contains(@class,'alert')]"))
    )


def test_both_groups_are_beside_each_other(screen, people):
    found = {name: cells for name, *cells in table(screen())}
    assert list(found) == ["Bulk submitting", "Updating", "Unclassified"]
    done = {group: people.expected[group]["bulk"] for group in MEMBERS}
    rates = [done[group] / MEMBERS[group] for group in ("followed", "sample")]
    followed, sample, ratio = found["Bulk submitting"]
    assert float(followed.split()[0]) == round(rates[0], 2)
    assert float(sample.split()[0]) == round(rates[1], 2)
    assert float(ratio) == round(rates[0] / rates[1], 2)
    assert followed.endswith(" 7 members") and sample.endswith(" 20 members")
    # 10 and 5 comments of each member.
    assert found["Updating"][0].startswith("10 ")
    assert found["Updating"][2] == "2"


def test_shares_are_drawn_and_told_in_a_table(screen, people):
    answer = screen()
    (canvas,) = content_of(answer).xpath(".//canvas")
    drawn = json.loads(canvas.get("data-chart"))
    assert drawn["labels"] == ["Bulk submitting", "Updating", "Unclassified"]
    told = content_of(answer).xpath(".//figure//tbody/tr")
    told = {words(row[0]): [int(words(cell)) for cell in row[1:]] for row in told}
    for group, series in zip(("followed", "sample"), drawn["series"], strict=True):
        done = people.expected[group]
        assert series["values"][0] == round(100 * done["bulk"] / sum(done.values()))
    assert told == {
        label: [each["values"][n] for each in drawn["series"]]
        for n, label in enumerate(drawn["labels"])
    }


def test_what_is_unclassified_is_listed_and_makes_a_rule(screen, people):
    answer = screen()
    names = [row[0] for row in raw(answer)]
    assert names[0].startswith(("Event of a page follow", "Read Document"))
    assert "Event of a page follow Create a rule from this" in names
    (url,) = content_of(answer).xpath(
        ".//a[@aria-label='Create a rule from this: Event of a page · follow']/@href"
    )
    assert parse_qs(urlsplit(url).query) == {
        "activity_rule": ["New activity: event follow"]
    }


def test_a_rule_leads_to_the_field_that_has_it(screen, people, visitor):
    (url, *_more) = content_of(screen()).xpath(
        ".//a[contains(@aria-label, 'follow')]/@href"
    )
    manager = visitor("manager")
    page = manager.get(url.removeprefix(manager.site_url)).text
    assert f"{RULES[1]}\nNew activity: event follow</textarea>" in unescape(page)


def test_a_rule_is_tried_behind_the_others_and_not_saved(screen, people):
    answer = screen(rule=["no rule", "Following: event follow"])
    name, followed, *_rest = table(answer)[2]
    rate = people.expected["followed"]["following"] / MEMBERS["followed"]
    assert name == "Following"
    assert float(followed.split()[0]) == round(rate, 2)
    assert "The rule is not saved. Add it to the settings" in alerts(answer)
    assert [row[0] for row in table(screen())] == [
        "Bulk submitting",
        "Updating",
        "Unclassified",
    ]
    transaction.begin()
    assert api.portal.get_registry_record("rules", IActivityRules) == RULES
    told = content_of(screen(rule="Following")).xpath(
        ".//*[@id='clicktracker-problem-rule']"
    )
    assert "Write a name, a colon" in words(told[0])


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_has_the_same_and_all_that_is_raw(screen, people, ending):
    found = exported(screen(f".{ending}"))
    assert found.titles[:2] == ["Activity", "Part of"]
    assert found.titles[5] == "Events per member, followed"
    assert found.titles[-1] == "Ratio of events per member"
    events = found.titles.index("Events, sample")
    rows = {(row[0], row[3] or ""): row for row in found.rows}
    done = people.expected["sample"]
    assert int(rows["Bulk submitting", ""][events]) == done["bulk"]
    assert int(rows["Event of a page", "follow"][events]) == done["following"]
    assert rows["Event of a page", "follow"][1] == "Unclassified"


def test_a_file_says_what_it_is_of(screen, people):
    about = exported(screen(".json")).about
    assert (about["since"], about["until"]) == tuple(OCTOBER.values())
    assert (about["followed"], about["sample"]) == (7, 20)
    assert about["rules"] == "\n".join(RULES)
    assert "first activity in this list that claims it" in about["order"]


@pytest.mark.parametrize("smallest, shown", [(7, True), (8, False)])
def test_of_a_group_that_is_too_small_there_is_no_figure(
    screen, people, smallest, shown
):
    api.portal.set_registry_record("smallest_group", smallest, IActivityRules)
    transaction.commit()
    answer = screen()
    said = f"Fewer than {smallest} of the followed members did anything"
    assert (said in alerts(answer)) is not shown
    row = table(answer)[0]
    assert (row[1] == "–") is not shown
    assert (row[3] == "–") is not shown
    (canvas,) = content_of(answer).xpath(".//canvas")
    assert len(json.loads(canvas.get("data-chart"))["series"]) == 1 + shown
    file = exported(screen(".json"))
    column = file.titles.index("Events, followed")
    assert ({row[column] for row in file.rows} == {None}) is not shown
    assert (file.about["followed"] is None) is not shown


def test_nobody_and_too_few_are_the_same(screen, functional):
    nobody = screen()
    site_storage().record_events(
        [event(n, reader=f"s{n}", cohort="sample") for n in range(4)]
    )
    few = screen()
    assert table(nobody) == table(few) == []
    assert alerts(nobody) == alerts(few)
    assert "Choose a longer period or a larger sample." in alerts(few)
    assert exported(screen(".csv")).rows == []


def switch_on(**more):
    values = {"enabled": True, "purpose": "To see what is of use.", **more}
    for name, value in values.items():
        api.portal.set_registry_record(name, value, IMemberEventsSettings)
    transaction.commit()


def test_before_there_is_anything_to_be_seen_it_says_what_to_do(screen, functional):
    off = alerts(screen())
    assert "activities are switched off or no purpose is stated" in off
    assert "ClickTracker Settings" in off
    assert "recorded earlier" not in off
    switch_on()
    keep_cohorts(Cohorts())
    transaction.commit()
    assert "Nobody is followed, and there is no sample" in alerts(screen())
    keep_cohorts(Cohorts(followed=frozenset({"bob"})))
    transaction.commit()
    assert "There is nobody to show yet." in alerts(screen())
    site_storage().record_events([event(n, reader=f"f{n}") for n in range(5)])
    unruled = screen()
    assert "There are no rules yet, so everything is unclassified." in alerts(unruled)
    assert [row[0] for row in table(unruled)] == ["Unclassified"]
    use_rules(BULK)
    assert "There are no rules yet" not in alerts(screen())


def test_a_storage_without_events_says_so(two_methods, tracked, visitor):
    manager = visitor("manager")
    said = "The storage of this site keeps no events of members."
    assert said in alerts(manager.get(SCREEN))
    for ending in FORMATS:
        answer = manager.get(f"{SCREEN}.{ending}")
        assert (answer.status_code, answer.text) == (404, said)


def test_a_storage_that_fails_midway_is_said(screen, people, monkeypatch):
    def events(self, since, until, **only):
        yield people.events[0]
        raise StorageUnavailable

    monkeypatch.setattr(type(site_storage()), "events", events)
    assert "The storage can't be reached now" in alerts(screen())
    assert table(screen()) == []
    assert [screen(f".{ending}").status_code for ending in FORMATS] == [503, 503, 503]


def test_nobody_is_named(screen, people):
    for ending in ("", ".csv", ".json"):
        text = screen(ending).text
        assert "followed-0" not in text
        assert "sample-0" not in text


def test_days_that_can_not_be_are_told_at_the_field(screen, people):
    answer = screen(since="2026-10-31", until="2026-10-01")
    assert "This period can't be shown." in alerts(answer)
    assert "is before the first one" in words(content_of(answer))


def test_other_days_are_other_events(screen, people):
    assert table(screen(since="2026-09-01", until="2026-09-30")) == []


@pytest.mark.parametrize("name", [None, "bob"])
def test_who_may_not_see_visitors_sees_nothing(people, visitor, name):
    for ending in ("", ".csv", ".xlsx", ".json"):
        answer = visitor(name).get(f"{SCREEN}{ending}")
        assert "/login" in answer.url or "insufficient-privileges" in answer.url
        assert "Bulk" not in answer.text


def test_who_may_not_change_settings_makes_and_tries_no_rules(screen, people):
    site = api.portal.get()
    site.manage_permission(VIEW_VISITORS, ["Member", "Manager"], acquire=1)
    transaction.commit()
    answer = screen(user="bob", rule="Following: event follow")
    assert [row[0] for row in table(answer)] == [
        "Bulk submitting",
        "Updating",
        "Unclassified",
    ]
    assert "Create a rule" not in answer.text
    assert "clicktracker-settings" not in answer.text


def test_what_takes_long_to_count_is_shown_for_a_while(screen, people, monkeypatch):
    monkeypatch.setattr(found, "SLOW", timedelta(0))
    monkeypatch.setattr(found, "_known", Bounded(20))
    before = screen()
    assert "so the result is kept for five minutes" in words(content_of(before))
    site_storage().record_events([event(10**6, "added", reader="followed-00")])
    assert table(screen()) == table(before)
    assert table(screen(until="2026-10-30")) != table(before)
    monkeypatch.setattr(found, "KEPT", timedelta(0))
    assert table(screen()) != table(before)


@pytest.mark.parametrize("days, events", [(6, "1"), (8, "0")])
def test_what_is_new_is_so_by_the_catalog(screen, tracked, days, events):
    tracked.agenda.creation_date = DateTime() - days
    tracked.agenda.reindexObject(idxs=["created"])
    use_rules("Updating: read; not older than 7 days")
    now, uid = microseconds(utc_now()), tracked.agenda.UID()
    site_storage().record_events(
        [event(n, reader=f"s{n}", document=uid, occurred=now) for n in range(5)]
    )
    today = utc_now().date().isoformat()
    name, followed, *_rest = table(screen(since=today, until=today))[0]
    assert (name, followed.split()[0]) == ("Updating", events)
