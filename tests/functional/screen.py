"""What is asked of every screen."""

from axe_playwright_python.sync_playwright import Axe


DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def violations(page, **parts):
    """What keeps people from using the content, as axe-core finds it."""
    page.wait_for_load_state("networkidle")
    # While a button fades in, nobody can read it.
    page.emulate_media(reduced_motion="reduce")
    report = Axe().run(page, context={"include": [["#content"]], **parts})
    return [(rule["id"], rule["nodes"]) for rule in report.response["violations"]]


def is_too_wide(page):
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def looks_right(page, **parts):
    """A screen is accessible and fits, on a phone and on a desktop; it is left as it was."""
    before = page.viewport_size
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert violations(page, **parts) == [], size
        assert not is_too_wide(page), size
    page.set_viewport_size(before)
