"""What the report says on its screens: that of Volto, and that of Plone."""

from tests.functional.screen import violations


SCREEN = [["#page-own-reading"]]


def open_report(page, address):
    """Open a screen of the report in Volto, and wait until it is there."""
    page.goto(address)
    page.get_by_role("region", name="Readers").wait_for()


def problems_of(page):
    """Return what keeps people from using the screen that Volto shows."""
    return violations(page, include=SCREEN)


def lists_in_volto(page):
    """Return how many people the report says are in each list, by its title."""
    links = page.get_by_role("navigation", name="Lists of readers").get_by_role("link")
    told = [each.inner_text().rpartition(" ") for each in links.all()]
    return {title.strip(): int(number) for title, _, number in told}


def readers_in_volto(page):
    """Return level, time read and how often it was opened, by the name of the reader."""
    table = page.get_by_role("region", name="Readers").locator("tbody tr")
    return {
        _first(row, "th"): tuple(
            _first(row, f'td[data-title="{title}"]')
            for title in ("Evidence", "Time read", "Times opened")
        )
        for row in table.all()
    }


def lists_in_plone(page):
    links = page.locator("#readers nav .nav-link")
    told = [each.inner_text().split("\n") for each in links.all()]
    return {title.strip(): int(number) for title, number in told}


def readers_in_plone(page):
    """Return the same that ``readers_in_volto`` does."""
    return {
        _first(row, "th"): tuple(
            _first(row, f"td:nth-child({place})") for place in (2, 3, 4)
        )
        for row in page.locator("#readers tbody tr").all()
    }


def _first(row, place):
    """Return the first line of a cell: what is smaller stands below it."""
    return row.locator(place).inner_text().strip().split("\n")[0].strip()
