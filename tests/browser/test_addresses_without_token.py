"""Forms that change nothing leave no token of who has filled them in in the address."""

import pytest


@pytest.mark.parametrize(
    "path, kept",
    [
        ("/@@clicktracker-activities", "since=2026-10-01&until=&rule="),
        ("/@@clicktracker-visitors-report", "since=&until=2026-10-31"),
        ("/@@clicktracker-live", "member=&page=%2Fnews"),
        ("/@@clicktracker-visits", "page=%2Fnews"),
        ("/@@clicktracker-try", "address=&agent=x"),
        ("/@@clicktracker-dashboard", "search=agenda"),
        ("/@@clicktracker-dashboard-members", "search=bob"),
        ("/@@clicktracker-deleted", "search=bob"),
        ("/@@clicktracker-bans", "find=office"),
        ("/board/@@clicktracker-audience", "excused=bob"),
    ],
)
def test_the_address_has_no_token(site, visitor, path, kept):
    manager = visitor("manager")
    answer = manager.get(f"{path}?{kept}&_authenticator=abc")
    assert answer.status_code == 200
    assert answer.url == f"{manager.site_url}{path}?{kept}"
