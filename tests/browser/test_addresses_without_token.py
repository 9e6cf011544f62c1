"""Forms that change nothing leave no token of who has filled them in in the address."""

ADDRESSES = (
    "/@@clicktracker-activities?since=2026-10-01&until=&rule=",
    "/@@clicktracker-visitors-report?since=&until=2026-10-31",
    "/@@clicktracker-live?member=&page=%2Fnews",
    "/@@clicktracker-try?address=&agent=x",
    "/@@clicktracker-dashboard?search=agenda",
    "/@@clicktracker-bans?find=office",
    "/board/@@clicktracker-audience?excused=bob",
    "/board/@@who-read-this?reader=bob",
)


def test_the_address_has_no_token(tracked, visitor):
    manager = visitor("manager")
    for address in ADDRESSES:
        answer = manager.get(f"{address}&_authenticator=abc")
        assert answer.status_code == 200, address
        assert answer.url == f"{manager.site_url}{address}"
