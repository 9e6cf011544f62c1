"""The secretary says in Volto who is to read something, and by when; the report agrees."""

from demo.blocks import blocks_of
from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import is_too_wide
from tests.functional.screen import PHONE
from tests.functional.screen import violations


SURVEY = "/board-meeting/earlier-meetings/survey"

#: A button that was not to be pressed gets its colour back in a tenth of a second.
CALM = """() => Promise.allSettled(
    document.getAnimations()
        .filter((each) => each instanceof CSSTransition)
        .map((each) => each.finished)
)"""


def looks_right(page):
    """Nothing keeps anybody from using what is shown, and it fits on a phone."""
    page.locator("#page-own-reading :is(h2, form)").first.wait_for()
    page.locator("#page-own-reading button[aria-disabled=true]").first.wait_for(
        state="detached"
    )
    page.evaluate(CALM)
    assert violations(page, include=[["#page-own-reading"]]) == [], page.url
    page.set_viewport_size(PHONE)
    assert not is_too_wide(page), page.url
    page.set_viewport_size(DESKTOP)


def press(page, name, said):
    """Press a button, and wait until it is said what was done."""
    page.get_by_role("button", name=name, exact=True).click()
    page.locator(".Toastify__toast", has_text=said).last.wait_for()


def refused_at(page, button, label, said):
    """Press a button; what is wrong is said at its field, and what was typed is there."""
    before = page.get_by_label("Reason").input_value()
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("alert").filter(has_text=said).wait_for()
    field = page.get_by_label(label)
    assert field.get_attribute("aria-invalid") == "true"
    named = field.get_attribute("aria-describedby").split()
    assert said in " ".join(
        page.locator(f"[id='{each}']").inner_text() for each in named
    )
    assert page.get_by_label("Reason").input_value() == before
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_what_the_secretary_says_in_volto_is_in_the_report(volto, visit):
    dave = visit("dave")
    assert open_and_report(dave, volto.front + SURVEY).status == 200
    dave.close()
    volto.rest("PATCH", SURVEY, **blocks_of("<p>The bed has been surveyed.</p>"))
    volto.wait_until_stored()

    page = visit("secretary")
    page.goto(f"{volto.front}{SURVEY}/clicktracker-tracking")
    looks_right(page)
    page.get_by_role("link", name="Who is expected, and who is excused").click()
    page.get_by_role("heading", name="Audience", level=1).wait_for()
    page.get_by_role("link", name="Change who is expected").click()
    page.get_by_label("Named people, groups and roles").check()
    people = page.get_by_role("group", name="People")
    for name in ("Alice Anders", "Bob Berger", "Dave Dietrich"):
        people.get_by_role("searchbox").fill(name[:4].lower())
        people.get_by_label(name).check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("status").get_by_text("That is 3 people.").wait_for()
    looks_right(page)
    press(page, "Save", "3 people are expected to read this.")

    page.get_by_role("link", name="Excuse Bob Berger").click()
    page.get_by_label("Reason").fill("On leave")
    page.get_by_label("Last day").fill("2020-01-01")
    refused_at(page, "Excuse", "Last day", "This day is past.")
    page.get_by_label("Last day").fill("2036-03-01")
    press(page, "Excuse", "is excused from reading this item")
    page.get_by_role("heading", name="Who is excused").wait_for()
    looks_right(page)

    page.get_by_role("link", name="By when this is to be read").click()
    page.get_by_label("Reason").fill("For the vote")
    page.get_by_label("To be read by").fill("2020-01-01")
    refused_at(page, "Set the deadline", "To be read by", "This is in the past.")
    page.get_by_label("To be read by").fill("2036-03-01")
    press(page, "Set the deadline", "To be read by: ")
    looks_right(page)

    page.goto(f"{volto.front}{SURVEY}/clicktracker-minor-change")
    page.locator("fieldset input[type=radio]").first.check()
    page.get_by_label("Reason").fill("It says the same")
    press(page, "Declare minor", "From now on, readers of these versions count")
    page.get_by_role("heading", name="Declarations").wait_for()
    looks_right(page)

    assert list(volto.names(SURVEY, "read")) == ["Dave Dietrich"]
    assert list(volto.names(SURVEY, "absent")) == ["Alice Anders"]
    assert list(volto.names(SURVEY, "excused")) == ["Bob Berger"]
    known = volto.rest("GET", f"{SURVEY}/@readers", "secretary")
    assert known["answer"]["expected"] == 2
    held = volto.rest("GET", f"{SURVEY}/@deadline", "secretary")
    assert held["own"]["day"] == "2036-03-01"
