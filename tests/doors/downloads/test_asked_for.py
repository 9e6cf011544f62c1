"""What a browser fetches in advance, or for another site, is not what somebody asked for."""

from tests.doors.downloads.lease import DATA
from tests.doors.downloads.lease import LEASE

import pytest


PAGE = "/board/agenda"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Dest": "document"},
        {"Sec-Purpose": "prefetch;anonymous-client-ip"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Dest": "style"},
        {"Sec-Fetch-Dest": "image"},
    ],
    ids=str,
)
def test_what_nobody_asked_to_see_is_neither_served_nor_downloaded(
    board, visitor, waiting, headers
):
    bob = visitor("bob")
    assert bob.get(LEASE, headers=headers).content == DATA
    assert bob.get(PAGE, headers=headers).status_code == 200
    assert waiting() == []


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, "served"),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-User": "?1"}, "downloaded"),
        ({"Sec-Fetch-Site": "same-origin"}, "downloaded"),
        ({"Sec-Fetch-Site": "none"}, "downloaded"),
        ({}, "downloaded"),
    ],
    ids=str,
)
def test_a_file_that_another_site_leads_to_by_itself_is_only_served(
    board, visitor, waiting, headers, origin
):
    headers = headers | {"Sec-Fetch-Dest": "document"}
    assert visitor("bob").get(LEASE, headers=headers).content == DATA
    assert [one.origin for one in waiting()] == [origin]
