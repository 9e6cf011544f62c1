"""What a page shows by itself was not asked for by whoever looks at the page."""

from tests.content import PIXEL
from tests.doors.downloads.lease import DATA
from tests.doors.downloads.lease import LEASE

import pytest


@pytest.mark.parametrize("where", ["audio", "image", "style", "video", "new-one"])
@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-"}], ids=["all", "range"])
def test_what_is_fetched_as_part_of_a_page_is_not_noted(
    board, visitor, waiting, where, asked
):
    bob = visitor("bob")
    headers = asked | {"Sec-Fetch-Dest": where}
    assert bob.get(LEASE + "/@@download/file", headers=headers).content == DATA
    assert bob.get("/board/plan.png", headers=headers).content == PIXEL
    assert waiting() == []


@pytest.mark.parametrize("where", ["document", "embed", "empty", "iframe", "object"])
def test_what_is_fetched_to_be_read_or_kept_is_noted(board, visitor, waiting, where):
    headers = {"Sec-Fetch-Dest": where}
    assert visitor("bob").get(LEASE, headers=headers).content == DATA
    assert len(waiting()) == 1


def test_pieces_that_a_player_fetches_are_no_pieces_of_a_download(
    board, visitor, waiting
):
    bob = visitor("bob")
    for headers in (
        {"Range": "bytes=0-499", "Sec-Fetch-Dest": "video"},
        {"Range": "bytes=500-", "Sec-Fetch-Dest": "document"},
    ):
        assert bob.get(LEASE, headers=headers).status_code == 206
    assert waiting() == []
