"""The value of an event of a member that travels to and from a storage."""

from dataclasses import dataclass

import re


#: What an event of a page is called.
EVENT_NAME = re.compile("[A-Za-z][A-Za-z0-9_.:-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEvent:
    """Something that a member did.

    ``key``          32 hex digits; a second one with the same key changes nothing
    ``reader``       the user id
    ``cohort``       "followed" or "sample": in which of both the member was at that moment
    ``kind``         "added", "edited", "workflow", "commented", "logged-in", "read",
                     "viewed", or "event" for what a page has sent
    ``occurred``     when, in microseconds since 1970, UTC
    ``document``     the UID of the content, "" where there is none
    ``path``         its physical path at that time, "" where there is none
    ``portal_type``  its type, "" where there is none
    ``detail``       the id of the transition, or the name of the event of a page
    ``data``         what the page has sent with it, as JSON
    """

    key: str
    reader: str
    cohort: str
    kind: str
    occurred: int
    document: str = ""
    path: str = ""
    portal_type: str = ""
    detail: str = ""
    data: str = ""
