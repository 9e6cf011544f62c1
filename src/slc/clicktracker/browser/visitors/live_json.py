"""``@@clicktracker-live.json``: the same for programs, with times in UTC."""

from datetime import datetime
from slc.clicktracker.browser.visitors.live import FeedRow
from slc.clicktracker.browser.visitors.live import LiveFeed
from slc.clicktracker.reports.feed.feed import WINDOW
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.model import Visit
from typing import Any
from zope.i18n import translate

import json


class LiveJSON(LiveFeed):
    """The list with the same filters, for those who may see the screen, and with names
    and network addresses for those who see them there. 503 where nothing can be said."""

    def index(self) -> str:
        response = self.request.response
        response.setHeader("Content-Type", "application/json;charset=utf-8")
        if self.found is None:
            response.setStatus(503)
            said = translate(self.problem, context=self.request)
            return json.dumps({"problem": said})
        found = self.found
        return json.dumps(
            {
                "at": _moment(found.at),
                "since": _moment(found.at - WINDOW),
                "is_recording": self.is_recording,
                "now": {
                    "members": found.present.members,
                    "guests": found.present.guests,
                    "page_views_of_others": found.present.others,
                },
                "total": found.total,
                "page_views": list(map(self._row, self.rows)),
            },
            ensure_ascii=False,
        )

    list_part = index

    def unreasoned(self) -> str:
        response = self.request.response
        response.setStatus(403)
        response.setHeader("Content-Type", "application/json;charset=utf-8")
        said = translate(NEEDS_REASON, context=self.request)
        return json.dumps({"problem": said})

    def _row(self, row: FeedRow) -> dict[str, Any]:
        view, agent = row.view, named(row.view.agent)
        return {
            "key": view.key,
            "at": _moment(view.at),
            "last": _moment(view.until),
            "who": self._who(row),
            "page": {
                "title": row.page.title,
                "url": row.page.url,
                "link": row.page.href or None,
            },
            "method": view.method,
            "status": view.status,
            "source": view.source,
            "engaged_seconds": view.engaged / 1000,
            "browser": agent.browser,
            "system": agent.system,
            "device": agent.device,
            "referrer": view.referrer,
            "visit": row.visit and _visit(row.visit),
            **({"address": view.address} if self.names else {}),
        }

    def _who(self, row: FeedRow) -> dict[str, str]:
        reader = row.view.reader
        if not reader.user:
            return {"kind": "guest", "session": row.view.session}
        if not self.names:
            return {"kind": "member"}
        who = {"kind": "member", "user": reader.user, "name": row.person.name}
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
