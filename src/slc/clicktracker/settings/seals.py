"""``ISealSettings``: who else says when a report was sealed."""

from slc.clicktracker import _
from urllib.parse import urlsplit
from zope import schema
from zope.interface import Interface


def is_web_address(text: str) -> bool:
    """Is it an address with http or https, without a log-in in it?"""
    try:
        parts = urlsplit(text)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and port_is_one and "@" not in parts.netloc and text.isascii()


class ISealSettings(Interface):
    """The time stamp authority (RFC 3161), if there is one."""

    authority = schema.ASCIILine(
        title=_("Time stamp authority"),
        description=_(
            "The address of a service of RFC 3161 that confirms when a report was sealed, so "
            "that nobody has to believe this site. Only a checksum is sent there. Leave it "
            "empty to seal without."
        ),
        required=False,
        constraint=is_web_address,
    )

    authority_certificate = schema.Text(
        title=_("Certificate of the authority"),
        description=_(
            "The root certificate of that service, as PEM. Time stamps are checked with it "
            "before they are kept."
        ),
        required=False,
    )
