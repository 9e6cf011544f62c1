"""A file is acknowledged on its page, which reports no reading."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from tests.audience.people import expect
from tests.browser.acknowledgements.acknowledging import ask_readers
from tests.browser.acknowledgements.acknowledging import below
from tests.browser.acknowledgements.acknowledging import click
from tests.browser.acknowledgements.acknowledging import kept
from tests.browser.acknowledgements.acknowledging import opened
from tests.content import add

import transaction


def pdf(data=b"%PDF the lease"):
    return NamedBlobFile(data, "application/pdf", "lease.pdf")


def test_a_file_is_acknowledged_on_its_page(tracked, shown, visitor):
    expect(tracked, "alice")
    ask_readers(tracked)
    lease = add(tracked, "File", id="lease", title="Lease", file=pdf())
    alice = visitor("alice")
    page = opened(alice, "/board/lease/view")
    with api.env.adopt_roles(["Manager"]):
        lease.title = "The lease"
        lease.reindexObject()
    transaction.commit()
    # What is read is the file.
    click(alice, page)
    assert kept() == [("alice", ACKNOWLEDGED, False)]
    lease.file = pdf(b"%PDF another lease")
    transaction.commit()
    said = below(alice.get("/board/lease/view", whole=True).text)
    assert "You acknowledged an older version on" in said


def test_the_ticket_of_its_page_records_no_reading(tracked, shown, visitor):
    expect(tracked, "alice")
    ask_readers(tracked)
    add(tracked, "File", id="lease", title="Lease", file=pdf())
    alice = visitor("alice")
    page = opened(alice, "/board/lease/view")
    beacon = (
        '{"ticket": "%s", "view": "0123456789abcdef", "engaged": 9000, "depth": 100}'
    )
    alice.post("/@@clicktracker-callback", beacon % page["ticket"])
    report = visitor("manager").get("/board/lease/@@who-read-this.json").json()
    assert report["rows"] == []
