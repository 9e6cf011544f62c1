"""``@@clicktracker-map.json``: the same for programs, with times in UTC."""

from datetime import datetime
from slc.clicktracker.browser.visitors.map import VisitorsMap
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.visitors.whereabouts import Whereabouts
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.words.countries import place_name
from typing import Any
from zope.i18n import translate

import json


class MapJSON(VisitorsMap):
    """All places, for those who may see the screen, with those who are there for those who
    see them on the screen. 503 where nothing can be said."""

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
                "since": _moment(found.since),
                "is_recording": self.is_recording,
                "is_cut": found.is_cut,
                "database": self._database(),
                "now": _numbers(found.total),
                "places": list(map(self._place, found.places)),
                "place_not_known": {
                    **self._visitors(found.unknown),
                    "reasons": dict(found.reasons) if self.locations else {},
                },
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

    def _database(self) -> dict[str, Any]:
        file, problem = self.locations, self.file_problem
        return {
            "kind": file and file.kind,
            "built": file and file.built and _moment(file.built),
            "problem": problem and translate(problem, context=self.request),
        }

    def _place(self, place: Whereabouts) -> dict[str, Any]:
        location = place.location
        latitude, longitude = location.point or (None, None)
        return {
            "name": place_name(location, with_region=True),
            "country": location.country,
            "is_whole_country": location.is_of_country,
            "latitude": latitude,
            "longitude": longitude,
            **self._visitors(place),
        }

    def _visitors(self, place: Whereabouts) -> dict[str, Any]:
        numbers = _numbers(place.present)
        if not self.names:
            return numbers
        return {**numbers, "visitors": [self._who(each) for each in place.people]}

    def _who(self, found: Visit | PageView) -> dict[str, str]:
        reader = found.reader
        if not reader.user:
            return {"kind": "guest", "session": found.session}
        person = self._person(found)
        who = {"kind": "member", "user": reader.user, "name": person.name}
        return {**who, "user_folder": reader.folder} if reader.folder else who


def _numbers(present: Present) -> dict[str, int]:
    return {
        "members": present.members,
        "guests": present.guests,
        "page_views_of_others": present.others,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat()
