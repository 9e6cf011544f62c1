"""A file is of the days that were asked for, or there is none and it is said why."""

from tests.browser.report.exported import FORMATS

import pytest


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "name",
    ["clicktracker-activities", "clicktracker-visitors-report", "who-read-this"],
)
def test_days_that_can_not_be_are_refused(tracked, visitor, name, ending):
    path = f"/board/@@{name}" if name == "who-read-this" else f"/@@{name}"
    answer = visitor("manager").get(
        f"{path}.{ending}?since=2026-02-30&until=2026-03-01"
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("From: This is not a day like 2026-05-31")
    answer = visitor("manager").get(
        f"{path}.{ending}?since=2026-03-01&until=2026-02-01"
    )
    assert answer.text.startswith("Until: The last day is before the first one")


def test_a_rule_that_is_none_is_refused(tracked, visitor):
    answer = visitor("manager").get("/@@clicktracker-activities.json?rule=Follow")
    assert answer.status_code == 400
    assert "Write a name, a colon" in answer.text
