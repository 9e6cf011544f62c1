"""``@@clicktracker-status``: how the collector is, for programs that watch it."""

from datetime import datetime
from plone import api
from Products.Five.browser import BrowserView
from slc.clicktracker.browser.controlpanel.collector_box import CollectorBox
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.collector.prometheus import CONTENT_TYPE
from slc.clicktracker.collector.prometheus import exposition
from slc.clicktracker.collector.status import age
from slc.clicktracker.collector.status import ProcessStatus
from slc.clicktracker.collector.status import SiteStatus
from typing import Any

import json


_PLAIN = "text/plain; charset=utf-8"


class Status(BrowserView):
    """JSON, or with ``?format=prometheus`` the text that Prometheus scrapes.

    It covers the processes that share a spool folder: those of one host.
    """

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "no-store")
        wanted = self.request.form.get("format", "json")
        if wanted not in ("json", "prometheus"):
            return self._answer(
                400, _PLAIN, "There is no such format: use json or prometheus.\n"
            )
        box = CollectorBox.now()
        if wanted == "json":
            text = json.dumps(_values(box), indent=2)
            return self._answer(200 if box.status else 503, "application/json", text)
        if box.status is None:
            return self._answer(503, _PLAIN, f"{box.error}\n")
        text = exposition(box.status, box.at, healthy=box.level != "danger")
        return self._answer(200, CONTENT_TYPE, text)

    def _answer(self, code: int, content_type: str, text: str) -> str:
        self.request.response.setStatus(code)
        self.request.response.setHeader("Content-Type", content_type)
        return text


def _values(box: CollectorBox) -> dict[str, Any]:
    values = {"at": box.at.isoformat(), "level": box.level}
    status = box.status
    if status is None:
        return {**values, "error": box.error}
    return {
        "site": status.site,
        **values,
        "notices": [_notice(one) for one in box.notices],
        "total": _counts(status.total, box.at),
        "quarantined": status.quarantined,
        "writer": status.writer,
        "processes": [_process(one, status.site, box.at) for one in status.processes],
    }


def _notice(notice: Notice) -> dict[str, str]:
    text = api.portal.translate(notice.text)
    return {"level": notice.level, "text": text, "detail": notice.detail}


def _process(process: ProcessStatus, site: str, now: datetime) -> dict[str, Any]:
    return {
        "process": process.process,
        "started": process.started.isoformat(),
        "at": process.at.isoformat(),
        "writer": process.writer,
        **_counts(process.of(site), now),
    }


def _counts(state: SiteStatus, now: datetime) -> dict[str, Any]:
    return {
        "accepted": state.accepted,
        "served": state.served,
        "stored": state.stored,
        "refused": state.refused,
        "spooled": state.spooled,
        "oldest": state.oldest.isoformat() if state.oldest else None,
        "oldest_age": round(age(state.oldest, now), 3),
        "problem": state.problem,
    }
