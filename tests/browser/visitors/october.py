"""A month of visits whose figures are known."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.testing.visitors.made_up import IPHONE
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen


OCTOBER = "since=2026-10-01&until=2026-10-31"


def october(day, hour, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=timezone.utc)


def looked_at(content, at, user="", minutes=0, **more):
    """Record that somebody was engaged with a page for some minutes."""
    engaged = minutes * 60_000
    seen(
        content,
        user,
        at=at,
        seen=at + timedelta(minutes=minutes),
        engaged=engaged,
        **more,
    )


def record_october(site, board):
    """Bob has three pages in ten minutes, and one the next day; a guest with a cookie has
    one; two page views are of nobody knows whom. Carol was there in September."""
    news = "https://news.example.org/today?q=secret"
    looked_at(site.rules, october(5, 9), "bob", referrer=news)
    looked_at(board.agenda, october(5, 9, 4), "bob")
    looked_at(site.rules, october(5, 9, 8), "bob", 2)
    looked_at(board.agenda, october(6, 9), "bob", 1)
    looked_at(site.rules, october(6, 12), "", 4, session=GUEST, agent=IPHONE)
    looked_at(board.budget, october(7, 9), source="server")
    looked_at("/nowhere", october(7, 10), source="server", status=404)
    looked_at(site.rules, datetime(2026, 9, 10, 9, tzinfo=timezone.utc), "carol")
