"""Page views and visits for programs: plain values, with times in UTC."""

from datetime import datetime
from slc.clicktracker.reports.visitors.feed import Feed
from slc.clicktracker.reports.visitors.feed import WINDOW
from slc.clicktracker.reports.visitors.pages import ShownPage
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.reports.visitors.rows import FeedRow
from slc.clicktracker.reports.visitors.visits import VisitRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from typing import Any


def told_of_feed(feed: Feed, is_recording: bool) -> dict[str, Any]:
    """Return what is known of all together."""
    return {
        "at": _moment(feed.at),
        "since": _moment(feed.at - WINDOW),
        "is_recording": is_recording,
        "now": {
            "members": feed.present.members,
            "guests": feed.present.guests,
            "page_views_of_others": feed.present.others,
        },
        "total": feed.total,
    }


def told_of_row(row: FeedRow, names: bool) -> dict[str, Any]:
    """Return a page view; names and network addresses are only for those who may see
    ``names``."""
    return {
        "key": row.view.key,
        "who": _who(row.view.reader, row.view.session, row.person, names),
        **_view(row.view, row.page),
        "visit": row.visit and _visit(row.visit),
        **({"address": row.view.address} if names else {}),
    }


def told_of_visit(row: VisitRow, names: bool) -> dict[str, Any]:
    """Return a visit with its page views, as for ``told_of_row``."""
    visit = row.visit
    return {
        "who": _who(visit.reader, visit.session, row.person, names),
        **_visit(visit),
        "is_over": visit.is_over,
        "referrer": visit.referrer,
        "views": [_view(view, page) for view, page in row.views],
        "views_left_out": row.left_out,
        **({"address": visit.address} if names else {}),
    }


def _view(view: PageView, page: ShownPage) -> dict[str, Any]:
    agent = named(view.agent)
    return {
        "at": _moment(view.at),
        "last": _moment(view.until),
        "page": {"title": page.title, "url": page.url, "link": page.href or None},
        "method": view.method,
        "status": view.status,
        "source": view.source,
        "engaged_seconds": view.engaged / 1000,
        "browser": agent.browser,
        "system": agent.system,
        "device": agent.device,
        "referrer": view.referrer,
    }


def _who(reader: Reader, session: str, person: Person, names: bool) -> dict[str, str]:
    if not reader.user:
        return {"kind": "guest", "session": session}
    if not names:
        return {"kind": "member"}
    who = {"kind": "member", "user": reader.user, "name": person.name}
    return {**who, "user_folder": reader.folder} if reader.folder else who


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "pages": visit.pages,
        "start": _moment(visit.start),
        "last": _moment(visit.last),
        "seconds": visit.time_on_site.total_seconds(),
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat()
