"""``@@clicktracker-live.json``: the same for programs, with times in UTC."""

from slc.clicktracker.browser.visitors.live import LiveFeed
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.visitors.told import told_of_feed
from slc.clicktracker.reports.visitors.told import told_of_row
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
        told = told_of_feed(self.found, self.is_recording)
        views = [told_of_row(row, self.names) for row in self.rows]
        return json.dumps({**told, "page_views": views}, ensure_ascii=False)

    list_part = index

    def unreasoned(self) -> str:
        response = self.request.response
        response.setStatus(403)
        response.setHeader("Content-Type", "application/json;charset=utf-8")
        said = translate(NEEDS_REASON, context=self.request)
        return json.dumps({"problem": said})
