"""The lease of the demo in a real browser, and who the report says has it."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screens.report import list_of
from tests.functional.screens.report import summary
from tests.functional.waiting import wait_until

import io
import pytest
import wave


LEASE = "/board-meeting/lease.pdf"


def test_who_has_downloaded_the_lease_is_named(served, browse):
    bob = browse(served, "bob", afresh=True)
    bob.goto(f"{served}{LEASE}/view")
    with bob.expect_download() as download:
        bob.locator("#content a[href*='@@download']").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    carol = browse(served, "carol", afresh=True)
    carol.goto(f"{served}{LEASE}/view")

    manager = browse(served, "manager", viewport=DESKTOP)
    manager.goto(f"{served}{LEASE}/@@who-read-this")
    listed = manager.get_by_role("row", name="Bob Berger")
    wait_until(lambda: manager.reload() and listed.count())
    assert "Downloaded" in listed.inner_text()
    assert manager.locator("#readers tbody tr").count() == 1
    assert "Downloaded\t1" in summary(manager)
    assert "Opened\t" not in summary(manager)
    looks_right(manager)
    list_of(manager, "Not yet").click()
    manager.get_by_role("row", name="Carol Castillo").wait_for()


def recording():
    """Return a minute of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(2 * 8000 * 60))
    return file.getvalue()


@pytest.mark.parametrize(
    "name, kind, data",
    [
        ("talk.wav", "audio/x-wav", recording()),
        # A browser asks for it before it can know that it is none.
        ("talk.mp4", "video/mp4", b"\0\0\0\x18ftypmp42" + bytes(100_000)),
    ],
    ids=["audio", "video"],
)
def test_who_looks_at_the_page_of_a_recording_has_not_downloaded_it(
    sqlite_site, browse, name, kind, data
):
    manager = browse(sqlite_site, "manager", viewport=DESKTOP, reports=False)
    manager.goto(f"{sqlite_site}/board-meeting/++add++File")
    uploaded = {"name": name, "mimeType": kind, "buffer": data}
    manager.set_input_files("input[type=file][name='form.widgets.file']", uploaded)
    with manager.expect_navigation():
        manager.click("[name='form.buttons.save']")
    recorded = f"{sqlite_site}/board-meeting/{name}"
    try:
        bob = browse(sqlite_site, "bob", afresh=True)
        with bob.expect_response(lambda answer: "@@download" in answer.url) as played:
            bob.goto(f"{recorded}/view")
        assert played.value.status in (200, 206)
        assert played.value.request.all_headers()["range"] == "bytes=0-"
        carol = browse(sqlite_site, "carol", afresh=True)
        carol.goto(f"{recorded}/view")
        with carol.expect_download():
            carol.locator("#content a.download").click()

        manager.goto(f"{recorded}/@@who-read-this")
        listed = manager.get_by_role("row", name="Carol Castillo")
        wait_until(lambda: manager.reload() and listed.count())
        assert manager.locator("#readers tbody tr").count() == 1
    finally:
        manager.goto(f"{recorded}/delete_confirmation")
        with manager.expect_navigation():
            manager.click("#content [name='form.buttons.Delete']")
