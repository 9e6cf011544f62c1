"""How far each member of the board got with a paper, and with which version of it."""

from tests.functional.reading import HIDDEN
from tests.functional.reading import leave
from tests.functional.reading import open_and_report
from tests.functional.reading import seen
from tests.functional.screen import DESKTOP
from tests.functional.screen import PHONE
from tests.functional.screens.report import list_of
from tests.functional.screens.report import summary
from tests.functional.waiting import wait_until
from tests.functional.waiting import wait_until_stored
from tests.nightly import LONGEST_STORY_ON

import pytest


#: Fewer words than are skimmed in the five seconds that any text needs, and more lines
#: than are to be seen at once on ``SMALL``.
TEXT = (
    "Boats come ashore in October.",
    "Masts come down.",
    "Each cradle is lent.",
    "The crane costs 40 euros.",
    "Water is switched off.",
    "Gas is forbidden ashore.",
    "Keys stay here.",
    "Boats return in April.",
)
SMALL = {"width": 1000, "height": 400}

#: Milliseconds: those five seconds, and a little for two clocks that differ.
LONG_ENOUGH = 5_500


def write(page, paragraphs):
    """Type another text into the editor of an edit form, and save it."""
    # Before it has begun, the editor replaces what is typed by what was there.
    page.wait_for_function("self.tinymce?.get().some((each) => each.initialized)")
    page.frame_locator("iframe.tox-edit-area__iframe").locator("body").click()
    page.keyboard.press("Control+a")
    for paragraph in paragraphs:
        page.keyboard.insert_text(paragraph)
        page.keyboard.press("Enter")
    save(page)
    page.locator("#content-core", has_text=paragraphs[-1]).wait_for()


def save(page):
    with page.expect_navigation():
        page.click("[name='form.buttons.save']")


@pytest.fixture
def manager(served, browse):
    return browse(served, "manager", viewport=DESKTOP, reports=False)


@pytest.fixture
def paper(served, manager):
    """The address of a page of its own among the board papers."""
    manager.goto(f"{served}/board-meeting/++add++Document")
    manager.fill("[name='form.widgets.IDublinCore.title']", "Winter berths")
    write(manager, TEXT)
    url = manager.url.removesuffix("/view")
    publish = manager.locator("#workflow-transition-publish").get_attribute("href")
    manager.goto(publish)
    yield url
    manager.goto(f"{url}/delete_confirmation")
    with manager.expect_navigation():
        manager.click("#content [name='form.buttons.Delete']")


@pytest.fixture
def reader(served, browse, paper):
    """Return a function: the paper in front of somebody, in a small window."""

    def open_(user):
        page = browse(served, user, viewport=SMALL)
        page.emulate_media(reduced_motion="reduce")
        page.add_init_script(f"window.isShown = true; {HIDDEN}")
        assert open_and_report(page, paper).status == 200
        page.wait_for_function(
            "document.querySelector('#content-core > [aria-hidden]')"
        )
        seen(page)
        return page

    return open_


def stay(page):
    """Wait until the page has been in front of its reader for long enough."""
    since = page.evaluate("performance.now()")
    page.wait_for_function(f"performance.now() > {since + LONG_ENOUGH}")


def scroll_to_the_end(page):
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    seen(page)


@pytest.fixture
def listed(served, manager, paper):
    """Return a function: who is in a list of the report, each with what is said."""

    def in_tab(name):
        wait_until_stored(manager, served)
        manager.goto(f"{paper}/@@who-read-this?tab={name}")
        return {
            row.locator("th span, th bdi").first.inner_text(): row.locator("td")
            .first.inner_text()
            .splitlines()
            for row in manager.locator("#readers tbody tr").all()
        }

    return in_tab


@pytest.mark.parametrize("served", LONGEST_STORY_ON, indirect=True)
def test_the_report_names_each_rightly(
    served, browse, manager, paper, reader, listed, shoot
):
    alice = reader("alice")
    scroll_to_the_end(alice)
    leave(reader("bob"))
    dave = reader("dave")
    stay(dave)
    for page in (alice, dave):
        leave(page)
    assert listed("absent") == {"Carol Castillo": ["Nothing is known."]}
    assert listed("older") == {}
    assert listed("read") == {
        "Alice Anders": ["Finished"],
        "Bob Berger": ["Opened"],
        "Dave Dietrich": ["Engaged"],
    }
    assert "The browsers of all readers who were served the page have" in summary(
        manager
    )
    manager.set_viewport_size({"width": 1280, "height": 1235})
    shoot(manager, "who-read-this")

    manager.goto(f"{paper}/edit")
    write(manager, (*TEXT[:-1], "Boats return in May."))
    assert listed("read") == {}
    alice = reader("alice")
    scroll_to_the_end(alice)
    stay(alice)
    leave(alice)
    assert listed("read") == {"Alice Anders": ["Finished"]}
    assert listed("absent") == {"Carol Castillo": ["Nothing is known."]}
    behind = "one version behind What has changed since"
    assert listed("older") == {
        "Bob Berger": ["Opened", behind],
        "Dave Dietrich": ["Engaged", behind],
    }
    assert "The browsers of all readers who were served the page have" in summary(
        manager
    )
    manager.get_by_text("What has changed since").first.click()
    changed = manager.locator("#content p", has_text="Boats return in")
    assert changed.inner_text().split()[-2:] == ["April.", "May."]

    secretary = browse(served, "secretary", viewport=PHONE)
    secretary.goto(f"{paper}/@@who-read-this")
    list_of(secretary, "Older version").click()
    secretary.get_by_role("row", name="Dave Dietrich").wait_for()
    shoot(secretary.locator("#readers"), "who-read-this-phone")


def test_who_was_served_a_page_that_reports_nothing_is_shown_as_served(
    served, browse, manager, paper
):
    carol = browse(served, "carol", reports=False)
    with carol.expect_event("requestfailed"):
        carol.goto(paper)
    manager.goto(f"{paper}/@@who-read-this?tab=absent")
    wait_until(lambda: manager.reload() and "served to this" in manager.content())
    said = manager.get_by_role("row", name="Carol Castillo").inner_text()
    assert "The page was served to this reader on" in said
    assert "but the browser has not reported back." in said
    assert manager.get_by_text("Nothing is known.", exact=True).count() == 3


def test_another_tag_leaves_nobody_behind(manager, paper, reader, listed):
    leave(reader("bob"))
    manager.goto(f"{paper}/edit")
    manager.click(".autotoc-nav >> text=Categorization")
    manager.focus("#formfield-form-widgets-IDublinCore-subjects .select2-input")
    manager.keyboard.type("winter")
    manager.locator(".select2-result-selectable", has_text="winter").wait_for()
    manager.keyboard.press("Enter")
    save(manager)
    assert manager.locator("#content").get_by_text("winter", exact=True).is_visible()
    assert listed("read") == {"Bob Berger": ["Opened"]}
    assert listed("older") == {}
