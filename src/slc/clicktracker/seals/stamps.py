"""Time stamps of an authority (RFC 3161): they prove that a seal was there at a time.

What is stamped is the head of a seal. Only its SHA-256 is sent.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from plone.registry.interfaces import IRegistry
from slc.clicktracker import _
from slc.clicktracker import logger
from slc.clicktracker.forwarding.connection import public_address
from slc.clicktracker.forwarding.connection import usable_address
from slc.clicktracker.forwarding.http import ask
from slc.clicktracker.forwarding.http import NotSent
from slc.clicktracker.interfaces import ISealSettings
from slc.clicktracker.seals.chain import add_stamp
from slc.clicktracker.seals.chain import body_of
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.verify import signed_bytes
from slc.clicktracker.sites.secrets import is_configured
from slc.clicktracker.storage.model import utc
from typing import Any
from zope.component import getUtility
from zope.i18nmessageid import Message


#: Seconds that somebody waits for an authority.
PATIENCE = 10.0

_QUERY = "application/timestamp-query"

#: The name of what who runs the server sets where the authority is one of the house.
_INSIDE = "authority_inside"


class NotStamped(Exception):
    """There is no time stamp, and another attempt may be made later. ``problem`` says why,
    in words for a screen."""

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Authority:
    """Where an authority is, and its certificate as PEM."""

    address: str
    certificate: str


def can_stamp() -> bool:
    """Is what it takes installed?"""
    return find_spec("rfc3161_client") is not None


def authority() -> Authority | None:
    """Return the authority that the current site names, None for none."""
    found = Authority(_setting("authority"), _setting("authority_certificate"))
    return (
        found
        if found.address and ISealSettings["authority"].constraint(found.address)
        else None
    )


def stamp_seal(seal: Seal) -> bool:
    """Have a seal stamped by the authority of the site, and keep that. Return False where
    the site names none, or it is stamped already.

    Raises ``NotStamped``: nothing is kept then.
    """
    service = authority()
    if service is None or seal.stamped:
        return False
    try:
        response, moment = _stamped(service, signed_bytes(body_of(seal).file["head"]))
    except ImportError as error:
        problem = _("The package rfc3161-client is not installed on the server.")
        raise NotStamped(problem) from error
    return add_stamp(seal.number, moment, response)


def _stamped(service: Authority, data: bytes) -> tuple[bytes, Any]:
    """Return what an authority says of some data, and when, in UTC."""
    from rfc3161_client import decode_timestamp_response
    from rfc3161_client import HashAlgorithm
    from rfc3161_client import TimestampRequestBuilder
    from rfc3161_client import VerificationError
    from rfc3161_client import VerifierBuilder

    builder = TimestampRequestBuilder().data(data)
    request = builder.hash_algorithm(HashAlgorithm.SHA256).build()
    verifier = VerifierBuilder.from_request(request)
    try:
        for certificate in _certificates(service.certificate):
            verifier = verifier.add_root_certificate(certificate)
        checked = verifier.build()
    except ValueError as error:
        problem = _("The certificate of the authority can't be read.")
        raise NotStamped(problem) from error
    response = _answer(service, request.as_bytes())
    try:
        decoded = decode_timestamp_response(response)
        checked.verify_message(decoded, data)
    except (ValueError, VerificationError) as error:
        logger.warning("The time stamp of %s can't be used: %s", service.address, error)
        problem = _(
            "What the time stamp authority has answered is no time stamp of this seal."
        )
        raise NotStamped(problem) from error
    return response, utc(decoded.tst_info.gen_time)


def _certificates(text: str) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    return load_pem_x509_certificates(text.encode())


def _answer(service: Authority, query: bytes) -> bytes:
    usable = usable_address if is_configured(_INSIDE) else public_address
    try:
        answer = ask(service.address, PATIENCE, query, _QUERY, usable)
    except NotSent as error:
        logger.warning(
            "No time stamp of %s: %s %s", service.address, error.problem, error.detail
        )
        problem = _("The time stamp authority can't be reached.")
        raise NotStamped(problem) from error
    if answer.status != 200:
        logger.warning("No time stamp of %s: HTTP %d", service.address, answer.status)
        raise NotStamped(_("The time stamp authority has refused."))
    return answer.body


def _setting(name: str) -> str:
    record = f"{ISealSettings.__identifier__}.{name}"
    return (getUtility(IRegistry).get(record) or "").strip()
