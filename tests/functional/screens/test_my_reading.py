"""A reader sees who has looked at their reading, and why, in a real browser."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screen import violations

import pytest


AGENDA = "board-meeting/agenda"


@pytest.fixture
def asks_reason(sqlite_site, browse):
    """The site asks for a reason before names are shown; not for the tests after this."""
    manager = browse(sqlite_site, "manager", viewport=DESKTOP)

    def ask(is_asked):
        manager.goto(f"{sqlite_site}/@@clicktracker-settings")
        box = manager.get_by_label("Ask for a reason before names are shown")
        box.set_checked(is_asked)
        with manager.expect_navigation():
            manager.click("[name='form.buttons.save']")

    ask(True)
    yield
    ask(False)


def test_a_reader_finds_out_who_has_looked_and_why(asks_reason, sqlite_site, browse):
    secretary = browse(sqlite_site, "secretary", viewport=DESKTOP)
    secretary.goto(f"{sqlite_site}/{AGENDA}/@@who-read-this")
    assert "Bob Berger" not in secretary.locator("#content").inner_text()
    looks_right(secretary)
    secretary.get_by_label("Why do you need to see names?").fill("The vote on Friday")
    with secretary.expect_navigation():
        secretary.get_by_role("button", name="Show the names").click()
    assert secretary.url.endswith("@@who-read-this")

    bob = browse(sqlite_site, "bob", viewport=DESKTOP)
    bob.goto(f"{sqlite_site}/{AGENDA}")
    notice = bob.locator(".clicktracker-notice")
    assert "records by name who opens this page" in notice.inner_text()
    assert violations(bob, include=[[".clicktracker-notice"]]) == []
    notice.get_by_role("link").click()
    bob.wait_for_url("**/@@my-reading")
    looks_right(bob)
    bob.get_by_role("link", name="Who has looked").click()
    bob.wait_for_url("**part=looks")
    assert "The vote on Friday" in bob.locator("#content table").inner_text()
    looks_right(bob)
