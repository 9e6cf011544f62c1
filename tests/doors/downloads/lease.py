"""The file that is downloaded, and how to fetch a piece of it."""

from plone.namedfile.file import NamedBlobFile


DATA = b"%PDF-1.4 " + bytes(range(256)) * 4
SIZE = len(DATA)
LEASE = "/board/lease.pdf"


def pdf(data=DATA):
    return NamedBlobFile(data, "application/pdf", "lease.pdf")


def fetch(visitor, first, last, path=LEASE):
    answer = visitor.get(path, headers={"Range": f"bytes={first}-{last}"})
    assert answer.status_code == 206
    return answer
