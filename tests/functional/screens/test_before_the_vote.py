"""A paper before the vote: from the deadline to the seal that a member is forgotten in."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from functools import partial
from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screen import PHONE
from tests.functional.voting_site import voting_site
from tests.functional.waiting import wait_until
from tests.mails.mail_server import MailServer
from tests.mails.mail_server import text_of
from tests.seals.alone import verify_alone

import pytest
import re


@pytest.fixture
def mails():
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def board(made_site, zopes, tmp_path, mails):
    with voting_site(made_site, zopes, tmp_path, mails.port) as board:
        yield board


def press(page, name):
    """Press a button that leads somewhere."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def called(page, paper):
    """Was the vote called? The history says so."""
    page.goto(f"{paper}/@@historyview")
    return "Call the vote" in page.content()


def test_a_paper_before_the_vote(board, browse, mails, tmp_path):
    paper = f"{board.site}/board-meeting/budget"

    # The secretary says what is asked of readers, and by when.
    writer = browse(board.site, "secretary", java_script_enabled=False)
    writer.goto(f"{paper}/@@tracking")
    writer.get_by_role("link", name="Acknowledgement").click()
    writer.get_by_label("Ask readers to acknowledge").check()
    writer.get_by_label("Sentence").fill("I have read this and will vote.")
    press(writer, "Save")
    writer.locator("blockquote", has_text="will vote").wait_for()
    writer.get_by_role("link", name="Back to the tracking of this item").click()
    writer.get_by_role("link", name="By when this is to be read").click()
    tomorrow = datetime.now(timezone.utc).date() + timedelta(days=1)
    writer.get_by_label("To be read by").fill(tomorrow.isoformat())
    writer.get_by_label("Remind by mail").check()
    press(writer, "Set the deadline")
    writer.get_by_text("To be read by:").last.wait_for()

    # Alice acknowledges it, and has a receipt.
    alice = browse(board.site, "alice", java_script_enabled=False)
    alice.goto(paper)
    press(alice, "Acknowledge")
    alice.get_by_text("Your acknowledgement was recorded.").wait_for()
    wait_until(lambda: mails.mails)
    assert "I have read this and will vote." in text_of(mails.mails.pop())
    alice.goto(paper)
    alice.get_by_text("You acknowledged this on").wait_for()

    # Cron reminds the others, and tells the secretary who is missing.
    said = board.run("remind", "--url", board.site)
    assert "reminders sent: 4, waiting: 0" in said
    reminders = {mail["To"].split("@")[0]: mail for mail in mails.mails}
    assert sorted(reminders) == ["bob", "carol", "dave", "secretary"]
    (link,) = re.findall(r"http://\S+/budget\S*", text_of(reminders["bob"]))
    assert "Carol Castillo" in text_of(reminders["secretary"])

    # Bob comes by the link in his mail. The paper changes under his open page.
    bob = browse(board.site, "bob", viewport=PHONE)
    bob.goto(link)
    writer.goto(paper)
    writer.get_by_role("link", name="Edit", exact=True).click()
    writer.get_by_label("Summary").fill("A new roof, and solar panels.")
    press(writer, "Save")
    press(bob, "Acknowledge")
    bob.get_by_text("the document has changed since you opened it").wait_for()
    assert "solar panels" in bob.locator(".clicktracker-differences").inner_text()
    looks_right(bob)
    bob.get_by_role("link", name="Open the document as it is now").click()
    press(bob, "Acknowledge")
    bob.get_by_text("Your acknowledgement was recorded.").wait_for()
    alice.reload()
    alice.get_by_text("You acknowledged an older version on").wait_for()
    press(alice, "Acknowledge")

    # The vote can't be called while readers are missing, whatever link somebody has to it.
    retract = writer.locator("#workflow-transition-retract").get_attribute("href")
    call = retract.replace("=retract", "=call_the_vote")
    assert not writer.locator("#workflow-transition-call_the_vote").count()
    writer.goto(call)
    assert called(writer, paper) is False

    # The secretary vouches for those who heard it in the meeting. Now it can be called.
    secretary = browse(board.site, "secretary", viewport=DESKTOP, reports=False)
    secretary.goto(f"{paper}/@@tracking")
    secretary.get_by_role("link", name="Vouch for readers").click()
    secretary.get_by_label("Carol").check()
    secretary.get_by_label("Dave").check()
    secretary.get_by_label("Read aloud in the meeting").check()
    secretary.get_by_label("How do you know?").fill("In the meeting of 3 March")
    press(secretary, "Vouch for them")
    vouched = secretary.locator("#withdraw").get_by_text("In the meeting of 3 March")
    assert vouched.count() == 2
    looks_right(secretary)
    writer.goto(f"{paper}/@@who-read-this")
    for word in ("acknowledged", "attested"):
        assert writer.locator("#readers tbody tr", has_text=word).count() == 2
    writer.goto(call)
    writer.get_by_text("Item state changed.").wait_for()
    assert called(writer, paper) is True

    # The deadline passes. Cron keeps what was known then, and the secretary seals it.
    board.put_forward(timedelta(days=2).total_seconds())
    assert "of deadlines that are over: 1" in board.run("snapshot")
    secretary.goto(f"{paper}/@@tracking")
    secretary.get_by_role("link", name="Who had read this at a moment").click()
    looks_right(secretary)
    press(secretary, "Seal this report")
    looks_right(secretary)

    def handed_out(name):
        """Download the seal as whoever looks at the screen does."""
        with secretary.expect_download() as download:
            secretary.get_by_role("link", name="Download the file").click()
        download.value.save_as(tmp_path / name)
        return tmp_path / name

    check = partial(verify_alone, tmp_path, "--key", board.key)
    sealed = handed_out("sealed.json")
    said, status = check(sealed)
    assert status == 0, said
    assert "as it was sealed" in said
    whole = sealed.read_bytes()
    forged = tmp_path / "forged.json"
    forged.write_bytes(whole.replace(b"will vote.", b"will vete.", 1))
    said, status = check(forged)
    assert status == 1
    assert "In the part “acknowledgements”, entry 1 (Alice Anders) was changed." in said

    # Carol asks to be forgotten. What was sealed of her stands, without her name.
    # Two administrators do that, at once.
    both = board.run_at_once(2, "forget", "carol", "--pseudonymise", "--yes")
    assert all("carol was forgotten, and is now forgotten-" in said for said in both)
    later = handed_out("later.json")
    assert b"Carol" in whole and b"Carol" not in later.read_bytes()
    said, status = check(later)
    assert status == 0, said
    assert "People whose names are not in the file: 1." in said
    writer.goto(f"{paper}/@@who-read-this")
    somebody = writer.locator("#readers tbody tr", has_text="forgotten-").inner_text()
    assert "attested" in somebody
    assert any(word in said for said in both for word in somebody.split())
