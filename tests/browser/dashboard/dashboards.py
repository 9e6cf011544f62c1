"""The dashboard, as the tests of its pages read it."""

from datetime import timedelta
from slc.clicktracker.storage.model import utc_now
from tests.browser.report.versions import record

import lxml.html
import re


DASHBOARD = "/@@clicktracker-dashboard"
MEMBERS = "/@@clicktracker-dashboard-members"


def opened(content, user, days_ago=0, **more):
    """Somebody has opened a page, so many days ago."""
    when = utc_now() - timedelta(days=days_ago)
    times = {"issued": when, "opened": when, "seen": when}
    record(content, user, **times | more)


def tables(answer):
    """Return the rows of the main table: the text of each cell."""
    page = lxml.html.fromstring(answer.text)
    rows = page.xpath("//*[@id='content-core']//table[contains(@class, 'striped')]//tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def documents(answer):
    """Return what the table says of each document, by its title."""
    titles = lxml.html.fromstring(answer.text).xpath("//tbody/tr/th/a/text()")
    rows = tables(answer)[1:]
    told = ([*map(_progress, row[2:3]), *row[3:4]] for row in rows)
    return dict(zip(titles, told, strict=True))


def _progress(cell):
    """Return what a cell says, without percent and levels."""
    return re.sub(r"^([\d,]+ of [\d,]+) \d+ %( \w+: \d+\.)*", r"\1", cell)


def levels_of(answer):
    """Return how far the audience of each document is, in words, by its title."""
    rows = {row[0].split(" Page")[0]: row[2] for row in tables(answer)[1:]}
    return {title: cell.partition("% ")[2] for title, cell in rows.items()}


def links(answer):
    """Return the addresses in the content, in the site, by their texts."""
    page = lxml.html.fromstring(answer.text)
    found = page.xpath("//*[@id='content']//a[@href]")
    return {" ".join(a.text_content().split()): a.get("href") for a in found}


def members(answer):
    """Return the rows of the list of members: who that is, and the figures."""
    return [
        [name, int(missing), *map(int, opened.split(" of "))]
        for name, missing, opened in tables(answer)[1:]
    ]
