"""When content was made is what the catalog says, to the minute."""

from DateTime import DateTime
from plone import api
from slc.clicktracker.sites.created import creation_times
from slc.clicktracker.storage.model import from_microseconds

import pytest


@pytest.mark.parametrize(
    "moment",
    [
        "2026-12-31T23:59:00+00:00",
        "2026-01-01T00:00:00+00:00",
        "2024-02-29T12:30:00+00:00",
        "1999-03-31T01:02:00+00:00",
    ],
)
def test_when_content_was_made(portal, moment):
    with api.env.adopt_roles(["Manager"]):
        page = api.content.create(portal, "Document", "page")
    page.creation_date = DateTime(moment)
    page.reindexObject(idxs=["created"])
    # The catalog is written to before it is asked.
    api.content.find(UID=page.UID())
    created = creation_times()
    assert from_microseconds(created(page.UID())).isoformat() == moment


def test_of_what_is_not_there_nobody_knows(portal):
    assert creation_times()(32 * "0") is None
    assert creation_times()("") is None
