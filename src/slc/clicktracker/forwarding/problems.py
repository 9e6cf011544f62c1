"""What may go wrong while hits are sent, in words for programs.

The control panel has those for people, and says what to do.
"""

from slc.clicktracker.storage.outbox.model import IN_DOUBT


#: The name server knows no such host, or the service may not be at such an address.
NO_HOST = "no-host"
FORBIDDEN_ADDRESS = "forbidden-address"

#: Nobody answers there, or with a certificate that this server doesn't trust.
UNREACHABLE = "unreachable"
CERTIFICATE = "certificate"

#: All was sent, and no answer came, or none that says how many were counted.
NO_ANSWER = "no-answer"
FAILS = "fails"
OTHER_ANSWER = "other-answer"

#: It answers that it takes nothing now.
BUSY = "busy"

#: It leads elsewhere, where nobody is told anything.
REDIRECTS = "redirects"

#: It does not take the secret, or what was sent.
SECRET = "secret"  # noqa: S105
REFUSES = "refuses"
COUNTED_NOTHING = "counted-nothing"
COUNTED_SOME = "counted-some"

#: Somebody has to do something first, so it is tried less often.
TO_BE_MENDED = frozenset(
    {FORBIDDEN_ADDRESS, CERTIFICATE, OTHER_ANSWER, REDIRECTS, SECRET, REFUSES}
)

#: What may be said because of the settings, or because of one of those that were sent.
BECAUSE_OF_ANY = frozenset({SECRET, REFUSES, COUNTED_NOTHING})

#: Why a hit was set aside: the service says that it is none, or would not count it where
#: it belongs any more; or it has counted some of several, and doesn't say which.
REJECTED = "rejected"
TOO_OLD = "too-old"
PARTLY = "partly"
REASONS = (IN_DOUBT, PARTLY, TOO_OLD, REJECTED)
