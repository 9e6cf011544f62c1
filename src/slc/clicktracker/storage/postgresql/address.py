"""The address of a PostgreSQL database: a DSN, checked before it is used."""

from slc.clicktracker.storage.errors import InvalidAddress

import re


try:
    import psycopg2
except ImportError:
    psycopg2 = None

#: What is asked of libpq where the DSN says nothing. A server that vanishes
#: without a word is noticed after half a minute, not after hours.
_DEFAULTS = {
    "connect_timeout": "5",
    "fallback_application_name": "slc.clicktracker",
    "client_encoding": "UTF8",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}

_SECRETS = ("password", "sslpassword")

#: What an address may say that comes from a browser. With anything else libpq would
#: use files that the address names or send secrets of the server's account to a
#: host of the address's choice. ``sslrootcert`` names a file, too: without it nobody
#: could check the certificate of an authority of their own. libpq looks for
#: certificates in it, and neither sends nor quotes what it finds.
_TYPED = frozenset(
    [
        "application_name",
        "channel_binding",
        "client_encoding",
        "connect_timeout",
        "dbname",
        "fallback_application_name",
        "gssencmode",
        "host",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "load_balance_hosts",
        "password",
        "port",
        "require_auth",
        "sslmode",
        "sslnegotiation",
        "sslrootcert",
        "ssl_max_protocol_version",
        "ssl_min_protocol_version",
        "target_session_attrs",
        "tcp_user_timeout",
        "user",
    ]
)

_QUOTING = (
    "A value with spaces is put into single quotes (password='two words'); in a URI "
    "the characters @ : / ? # % and spaces are written as %40 and so on."
)


class Address:
    """A DSN in libpq form ("dbname=… host=…") or a URI ("postgresql://…").

    One that was ``typed`` into a browser may say where the database is and who asks,
    and nothing of services and files of the server, except in which file the
    certificate of the database's authority is. Its password is its own, or that
    of the line in .pgpass for its host; never ``PGPASSWORD``, which is for any host.
    Raises ``InvalidAddress``, whose text never quotes the DSN, as what is wrong
    may well be a part of the password.
    """

    def __init__(self, dsn: str, typed: bool = False) -> None:
        if psycopg2 is None:
            raise InvalidAddress(
                "PostgreSQL needs the package psycopg2: install slc.clicktracker[postgresql]."
            )
        parsed = _parsed(dsn)
        if typed:
            _refuse_what_is_the_servers(parsed)
            # An empty password makes libpq look into .pgpass, but not at PGPASSWORD.
            parsed = {"password": "", **parsed}
        self._parameters = {**_DEFAULTS, **parsed}
        # What we read is decoded as UTF-8, whatever the environment says.
        self._parameters["client_encoding"] = "UTF8"

    def connect(self, **options: str):
        """Return a new psycopg2 connection; raises what psycopg2 raises."""
        return psycopg2.connect(**{**self._parameters, **options})

    @property
    def place(self) -> str:
        """Database, host and port, as far as the DSN says so."""
        known = self._parameters
        place = f"database {known.get('dbname', 'by default')}"
        if "service" in known:
            place += f", service {known['service']}"
        if "host" in known or "hostaddr" in known:
            place += f" at {known.get('host') or known['hostaddr']}"
        if "port" in known:
            place += f":{known['port']}"
        return place

    def without_secrets(self, text: str) -> str:
        """Return the text of an error with the password blotted out."""
        for name in _SECRETS:
            secret = self._parameters.get(name)
            if secret:
                text = text.replace(secret, "***")
        return text

    def __repr__(self) -> str:
        return f"<Address {self.place}>"


def _parsed(dsn: str) -> dict[str, str]:
    if not dsn or not dsn.strip():
        raise InvalidAddress("The address of the database is empty.")
    try:
        parameters = psycopg2.extensions.parse_dsn(dsn.strip())
    except (psycopg2.ProgrammingError, UnicodeError):
        parameters = None
    # libpq would not see what follows a NUL.
    if parameters is None or "\0" in dsn:
        raise InvalidAddress(
            "The address of the database can't be understood. It has the form "
            "dbname=tracking host=db.example.org user=plone password=… or "
            f"postgresql://plone:…@db.example.org/tracking. {_QUOTING}"
        )
    if not re.fullmatch(r"[0-9, ]*", parameters.get("port", "")):
        raise InvalidAddress(f"The port in the address is not a number. {_QUOTING}")
    is_uri = "://" in dsn and "=" not in dsn.split("://")[0]
    if is_uri and any("@" in parameters.get(name, "") for name in ("host", "dbname")):
        raise InvalidAddress(f"The address has more than one @. {_QUOTING}")
    return parameters


def _refuse_what_is_the_servers(parameters: dict[str, str]) -> None:
    refused = sorted(parameters.keys() - _TYPED)
    if refused:
        raise InvalidAddress(
            f"An address from the control panel can't have {', '.join(refused)}. Where "
            "that is needed, set the address in CLICKTRACKER_DSN or in zope.conf."
        )
