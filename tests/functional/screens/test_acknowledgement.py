"""A paper before the vote: Alice acknowledges it, Bob clicks too late, Carol was told of it."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screen import PHONE

import pytest


JSON = {"Accept": "application/json"}
MANAGER = ("manager", "board-papers")


@pytest.fixture
def paper(sqlite_site, playwright):
    """The address of a paper that the board is expected to read; it goes again."""
    api = playwright.request.new_context(
        extra_http_headers=JSON,
        http_credentials=dict(
            zip(("username", "password"), MANAGER, strict=True), send="always"
        ),
    )
    answer = api.post(
        f"{sqlite_site}/board-meeting",
        data={"@type": "Document", "title": "The vote", "description": "A new roof."},
    )
    assert answer.ok, answer.text()
    url = answer.json()["@id"]
    api.post(f"{url}/@workflow/publish")

    def change(description):
        assert api.patch(url, data={"description": description}).ok

    yield url, change
    api.delete(url)
    api.dispose()


def test_a_paper_before_the_vote(paper, browse, sqlite_site):
    url, change = paper
    secretary = browse(sqlite_site, "secretary", viewport=DESKTOP)
    secretary.goto(f"{url}/@@tracking")
    secretary.get_by_role("link", name="Acknowledgement").click()
    looks_right(secretary)
    secretary.check("text=Ask readers to acknowledge")
    secretary.fill("#clicktracker-sentence", "I have read this and will vote.")
    with secretary.expect_navigation():
        secretary.click("main >> text=Save")
    secretary.locator("blockquote", has_text="will vote").wait_for()

    alice = browse(sqlite_site, "alice", viewport=DESKTOP, java_script_enabled=False)
    alice.goto(url)
    alice.locator("text=I have read this and will vote.").wait_for()
    bob = browse(sqlite_site, "bob", viewport=PHONE)
    bob.goto(url)
    looks_right(bob)
    alice.get_by_role("button", name="Acknowledge").click()
    alice.locator("text=Your acknowledgement was recorded.").wait_for()
    alice.goto(url)
    alice.locator("text=You acknowledged this on").wait_for()

    change("A new roof, and solar panels.")
    bob.get_by_role("button", name="Acknowledge").click()
    bob.get_by_text("the document has changed since you opened it").wait_for()
    difference = bob.locator(".clicktracker-differences")
    assert "solar panels" in difference.inner_text()
    looks_right(bob)
    bob.click("text=Open the document as it is now")
    bob.get_by_role("button", name="Acknowledge").click()
    bob.locator("text=Your acknowledgement was recorded.").wait_for()
    looks_right(bob)

    secretary.goto(f"{url}/@@clicktracker-attest")
    secretary.check("text=Carol")
    secretary.check("text=Read aloud in the meeting")
    secretary.fill("#clicktracker-reason", "In the meeting of 3 March")
    looks_right(secretary)
    with secretary.expect_navigation():
        secretary.click("main >> text=Vouch for them")
    secretary.locator("#withdraw").get_by_text("In the meeting of 3 March").wait_for()
    looks_right(secretary)
    secretary.goto(f"{url}/@@who-read-this")
    rows = secretary.locator("#readers tbody tr", has_text="acknowledged")
    assert rows.count() == 1 and "Bob" in rows.inner_text()
    assert "Carol" in secretary.locator("#readers tr", has_text="attested").inner_text()
    looks_right(secretary)
