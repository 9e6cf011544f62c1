"""Tickets and beacons, as a browser gets and sends them."""

from datetime import datetime
from datetime import timezone
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tickets.ticket import issue
from slc.clicktracker.tickets.ticket import Ticket
from tests.plone_site import script_in

import json


CALLBACK = "/@@clicktracker-callback"
FRESH = "/board/agenda/@@clicktracker-ticket"
VIEW = "0123456789abcdef"


def ticket_on(visitor, path="/board/agenda"):
    return script_in(visitor.get(path).text)["data-ticket"]


def beacon(ticket, view=VIEW, **more):
    return json.dumps({"ticket": ticket, "view": view, **more})


def refusal(answer):
    return answer.status_code, answer.headers.get("X-ClickTracker-Refused")


def made_ticket(portal, keys=None, credential="", **changes):
    values = {
        "site": document_uid(portal),
        "document": document_uid(portal.board.agenda),
        "version": "",
        "digest": "0" * 32,
        "words": 2,
        "url": "/board/agenda",
        "path": "/plone/board/agenda",
        "title": "Agenda",
        "user": "bob",
        "folder": "",
        "name": "Bob Berger",
        "issued": datetime.now(timezone.utc),
    }
    return issue(Ticket(**values | changes), keys or site_keys(), credential)


def ask(visitor, version="", path=FRESH):
    return visitor.post(path, json.dumps({"version": version}))
