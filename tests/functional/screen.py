"""What is asked of every screen."""

from axe_playwright_python.sync_playwright import Axe
from tests.functional.settling import settle
from tests.nightly import NIGHTLY


DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


#: What is on phones only. All else is the same on a desktop, and by day looked at there.
ON_PHONES = ".d-md-none"


AXE = Axe().axe_script
RUN = """
async ([context, options]) => (await axe.run(context, options)).violations
"""


def violations(page, colours=True, **parts):
    """What keeps people from using the content, as axe-core finds it."""
    settle(page)
    # While a button fades in, nobody can read it.
    page.emulate_media(reduced_motion="reduce")
    context = {"include": [["#content"]], **parts}
    options = {"rules": {"color-contrast": {"enabled": colours}}}
    options["resultTypes"] = ["violations"]
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, [context, options])
    return [(rule["id"], rule["nodes"]) for rule in found]


def is_too_wide(page):
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def looks_right(page, **parts):
    """A screen is accessible and fits, on a phone and on a desktop; it is left as it was."""
    before = page.viewport_size
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        if size is DESKTOP or NIGHTLY:
            assert violations(page, **parts) == [], (page.url, size)
        elif page.locator(f"#content {ON_PHONES}").count():
            assert violations(page, include=[[f"#content {ON_PHONES}"]]) == [], size
        else:
            settle(page)
        assert not is_too_wide(page), (page.url, size)
    page.set_viewport_size(before)
