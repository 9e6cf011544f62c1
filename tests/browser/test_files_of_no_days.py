"""A file is of what was asked for, or there is none and it is said why."""

import pytest


SCREENS = (
    "/@@clicktracker-activities.csv",
    "/@@clicktracker-activities.json",
    "/@@clicktracker-visitors-report.xlsx",
    "/board/@@who-read-this.json",
)


@pytest.fixture
def refusal(tracked, visitor):
    """Return a function: why there is no file."""
    manager = visitor("manager")

    def of(address):
        answer = manager.get(address)
        assert answer.status_code == 400, address
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        return answer.text

    return of


def test_days_that_can_not_be_are_refused(refusal):
    for screen in SCREENS:
        said = refusal(f"{screen}?since=2026-02-30&until=2026-03-01")
        assert said.startswith("From: Enter a date like 2026-05-31"), screen
        said = refusal(f"{screen}?since=2026-03-01&until=2026-02-01")
        assert said.startswith("Until: The last day is before the first one"), screen


def test_a_rule_that_is_none_is_refused(refusal):
    said = refusal("/@@clicktracker-activities.json?rule=Follow")
    assert "Write a name, a colon" in said
