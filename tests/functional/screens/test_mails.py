"""The secretary has reports by mail, gets one from a real mail server, and stops them."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.mails.mail_server import MailServer
from tests.mails.mail_server import text_of

import pytest
import re


@pytest.fixture
def mail_server(sqlite_site, browse):
    """A mail server that the manager enters in Site Setup."""
    server = MailServer()
    server.start()
    manager = browse(sqlite_site, "manager", reports=False)
    manager.goto(f"{sqlite_site}/@@mail-controlpanel")
    for name, value in (
        ("smtp_host", "127.0.0.1"),
        ("smtp_port", str(server.port)),
        ("email_from_name", "Office of the Board"),
        ("email_from_address", "office@example.org"),
    ):
        manager.fill(f"#form-widgets-{name}", value)
    with manager.expect_navigation():
        manager.click("#form-buttons-save")
    yield server
    server.stop()


def test_from_subscribing_to_the_link_that_stops_it(sqlite_site, browse, mail_server):
    papers = f"{sqlite_site}/board-meeting"
    secretary = browse(sqlite_site, "secretary", viewport=DESKTOP, reports=False)
    secretary.goto(f"{papers}/@@tracking")
    secretary.get_by_role("link", name="Reports by mail").click()
    secretary.wait_for_selector("text=You are not subscribed to it yet.")
    assert secretary.title().startswith("Reports by mail — Board meeting")
    looks_right(secretary)
    # With the keyboard alone.
    secretary.get_by_label("Every week").focus()
    secretary.keyboard.press("ArrowDown")
    secretary.keyboard.press("Enter")
    secretary.wait_for_selector("text=You get a summary of this every day.")
    secretary.get_by_role("link", name="Show what the mail would say now").click()
    frame = secretary.frame_locator("iframe")
    answer = frame.locator("strong").inner_text()
    assert "readers are missing for" in answer
    looks_right(secretary, exclude=[["iframe"]])

    secretary.get_by_role("button", name="Send me one now").click()
    secretary.wait_for_selector("text=A mail was sent to secretary@example.org.")
    (mail,) = mail_server.mails
    assert answer in text_of(mail)

    (stop,) = re.findall("<(.*)>", mail["List-Unsubscribe"])
    guest = browse(sqlite_site, viewport=DESKTOP)
    guest.goto(stop)
    looks_right(guest)
    guest.get_by_role("button", name="Stop these mails").click()
    guest.wait_for_selector("text=The mails are stopped.")
    looks_right(guest)
    secretary.goto(f"{papers}/@@clicktracker-mails")
    secretary.wait_for_selector("text=You are not subscribed to it yet.")


def test_the_manager_sees_and_ends_subscriptions(sqlite_site, browse):
    secretary = browse(sqlite_site, "secretary", reports=False)
    secretary.goto(f"{sqlite_site}/board-meeting/agenda/@@clicktracker-mails")
    secretary.get_by_role("button", name="Subscribe").click()
    secretary.wait_for_selector("text=The next one comes on Monday.")
    manager = browse(sqlite_site, "manager", viewport=DESKTOP, reports=False)
    manager.goto(f"{sqlite_site}/@@clicktracker-settings")
    manager.get_by_role("link", name="Reports by mail", exact=True).click()
    manager.wait_for_selector("text=Board Secretary (secretary)")
    looks_right(manager)
    manager.get_by_role("button", name="End Board Secretary").click()
    manager.wait_for_selector("text=has ended.")
    manager.wait_for_selector("text=Nobody has subscribed.")
    looks_right(manager)
