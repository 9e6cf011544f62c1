"""Have visits recorded on the demo site, and make up visitors who are there now.

Run by ``zconsole run`` as ``create_site.py`` is, with the path of the database of places
that it is to write. Each time there are others: who was there before is gone within the
hour.
"""

from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from demo.create_site import PEOPLE
from demo.create_site import SITE
from demo.places import write_places
from pathlib import Path
from plone import api
from random import Random
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from typing import Any
from typing import NamedTuple
from zope.component.hooks import setSite

import sys
import transaction


#: Long enough to look around.
PRESENCE = 60

BROWSERS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
    "like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
)


class Group(NamedTuple):
    """Visitors from one network: members by their ids, guests with a cookie, and page
    views of guests without one. Addresses begin with ``network``, "" for none."""

    network: str
    members: tuple[str, ...] = ()
    guests: int = 0
    others: int = 0


GROUPS = (
    Group("192.0.2.", ("alice", "secretary"), 9, 4),
    Group("192.0.2.6", (), 2),
    Group("192.0.2.13", (), 3),
    Group("198.51.100.", ("bob",), 4, 2),
    Group("198.51.100.13", (), 2, 3),
    Group("203.0.113.", (), 3),
    Group("203.0.113.7", (), 1),
    Group("203.0.113.13", (), 1),
    Group("2001:db8:1::", (), 2),
    Group("2001:db8:2::", (), 1, 1),
    # These are nowhere on a map.
    Group("10.0.0.", (), 1),
    Group("2001:db8:3::", (), 1),
    Group("", (), 0, 1),
)


def main(app: Any, database: Path) -> None:
    """Write the database, change the settings, and record page views. Raises
    ``StorageError`` where those can't be recorded."""
    site = app[SITE]
    setSite(site)
    settings = {
        "enabled": True,
        "guest_cookie": "always",
        "presence_timeout": PRESENCE,
        "location_file": str(write_places(database)),
    }
    for name, value in settings.items():
        api.portal.set_registry_record(name, value, IVisitorSettings)
    with api.env.adopt_user(username="manager"):
        site_storage().record_views(list(_Crowd(site).views()))
    transaction.commit()


class _Crowd:
    """Who is there, with the pages and the browsers that chance gives them."""

    def __init__(self, site: Any) -> None:
        folder = site["board-meeting"]
        root = "/".join(site.getPhysicalPath())
        self._pages = [
            Page(
                "/".join(content.getPhysicalPath()).removeprefix(root),
                content.UID(),
                content.Title(),
            )
            for content in (site["house-rules"], *folder.contentValues())
        ]
        self._random = Random()
        self._now = utc_now()

    def views(self) -> Iterator[PageView]:
        """Yield page views of all."""
        for group in GROUPS:
            for user in group.members:
                yield from self._visit(group, Reader(user, "", PEOPLE[user]))
            for _ in range(group.guests):
                yield from self._visit(group, Reader(""))
            for _ in range(group.others):
                yield self._view(
                    self._address(group), Reader(""), "", self._some_time()
                )

    def _visit(self, group: Group, reader: Reader) -> Iterator[PageView]:
        address, session = self._address(group), self._key()
        at = self._some_time()
        for _ in range(self._random.randint(1, 4)):
            yield self._view(address, reader, session, at)
            at -= timedelta(seconds=self._random.randint(20, 120))

    def _some_time(self) -> datetime:
        return self._now - timedelta(seconds=self._random.randint(5, 500))

    def _key(self) -> str:
        return self._random.randbytes(16).hex()

    def _address(self, group: Group) -> str:
        return group.network and f"{group.network}{self._random.randint(0, 9)}"

    def _view(
        self, address: str, reader: Reader, session: str, at: datetime
    ) -> PageView:
        stay = timedelta(seconds=self._random.randint(3, 15))
        return PageView(
            key=self._key(),
            at=at,
            seen=at + stay,
            page=self._random.choice(self._pages),
            reader=reader,
            session=session,
            address=address,
            agent=self._random.choice(BROWSERS),
            engaged=int(stay.total_seconds() * 1000),
        )


if __name__ == "__main__":
    main(globals()["app"], Path(sys.argv[-1]))
