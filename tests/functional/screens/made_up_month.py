"""Visits of the last weeks, for a picture that looks like a site in use."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from random import Random
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import IPHONE


#: More and less often visited pages, by their place in the list.
PAGES = (
    ("/", "Welcome"),
    ("/board-meeting/agenda", "Agenda"),
    ("/board-meeting/budget", "Budget proposal"),
    ("/house-rules", "House rules"),
    ("/board-meeting", "Board meeting"),
    ("/contact", ""),
)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36"
)
SITES = ("", "", "https://search.example.org/", "https://www.example.com/")
MEMBERS = ("alice", "bob", "carol", "dave")


def made_up_visits(days):
    """Yield page views from two days ago on, as far back as is asked."""
    random = Random(11)
    today = datetime.now(timezone.utc).replace(hour=0, minute=0)
    for number in range(2, days + 2):
        day = today - timedelta(days=number)
        for _visit in range(random.randrange(3, 6 if day.weekday() > 4 else 16)):
            at = day + timedelta(minutes=random.randrange(7 * 60, 20 * 60))
            yield from _visit_at(random, at)


def _visit_at(random, at):
    user = random.choice((*MEMBERS, "", "", "", ""))
    guest = random.choice(("", *(f"guest {number}" for number in range(40))))
    session = f"log-in of {user}" if user else guest
    agent, site = random.choice((FIREFOX, IPHONE, CHROME)), random.choice(SITES)
    for page in range(random.randrange(1, 6)):
        stay = timedelta(seconds=random.randrange(5, 240))
        url, title = PAGES[min(random.randrange(6), random.randrange(6))]
        yield PageView(
            key=f"{random.getrandbits(128):032x}",
            at=at,
            seen=at + stay,
            page=Page(url, title=title),
            reader=Reader(user),
            session=session,
            agent=agent,
            referrer="" if page else site,
            engaged=stay // timedelta(milliseconds=1),
        )
        at += stay
