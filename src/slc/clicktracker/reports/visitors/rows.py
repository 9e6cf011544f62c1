"""The rows of the feed, as the viewer may see them."""

from slc.clicktracker.reports.visitors.feed import Feed
from slc.clicktracker.reports.visitors.pages import Pages
from slc.clicktracker.reports.visitors.pages import ShownPage
from slc.clicktracker.reports.visitors.people import People
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from typing import NamedTuple


class FeedRow(NamedTuple):
    """A page view, with whose it is and what is known of the visit: nothing on a folder, as
    the visit may have gone elsewhere."""

    view: PageView
    visit: Visit | None
    person: Person
    page: ShownPage


def rows_of(feed: Feed, people: People, place: str) -> list[FeedRow]:
    """Return the rows of the feed of a ``place`` in the site, "" for all of it."""
    pages = Pages(view.page for view, _visit in feed.rows)
    return [
        FeedRow(
            view=view,
            visit=None if place else visit,
            person=people.of_view(view, visit),
            page=pages.of(view.page),
        )
        for view, visit in feed.rows
    ]
