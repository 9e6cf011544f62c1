"""The seal that a request asks for."""

from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.chain import seal_with
from slc.clicktracker.sites.uids import document_uid
from typing import Any
from zExceptions import NotFound


_LARGEST = 2**62


def asked_seal(content: Any, request: Any) -> Seal:
    """Return the seal with the number in a form. Raises ``NotFound`` where it is about
    other content: whoever may see readers here may not see those of that."""
    number = number_from(request.form.get("number"), 0, 0, _LARGEST)
    seal = seal_with(number)
    if seal is None or seal.uid != document_uid(content):
        raise NotFound("number")
    return seal
