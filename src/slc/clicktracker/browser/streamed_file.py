"""A file that is sent while the rest of it is still made."""

from collections.abc import Generator
from logging import getLogger
from slc.clicktracker.browser.request_apart import RequestApart
from typing import Any
from zope.interface import implementer
from ZPublisher.Iterators import IUnboundStreamIterator


logger = getLogger("slc.clicktracker")


#: Servers that speak HTTP/1.1 themselves, and end what broke off without its end mark.
_SERVERS = ("waitress", "gunicorn")


def can_be_streamed(request: Any) -> bool:
    """Does whoever gets the answer see whether it has come to its end?

    Of an answer without a length HTTP/1.0 knows no other end than that of the
    connection: half a list would look like all of it. So it would in the protocol of
    uWSGI, whatever the browser speaks.
    """
    environ = request.environ
    speaks = environ.get("SERVER_PROTOCOL") == "HTTP/1.1"
    return speaks and environ.get("SERVER_SOFTWARE", "").startswith(_SERVERS)


def streamed(request: Any) -> "StreamedFile | str":
    """Return what the view of a request answers where it ``is_apart``: a file of which
    the first part is there, or a text, as why there is none.

    Whatever goes wrong until then is raised, and is an error like any other.
    """
    apart = RequestApart(request)
    answer: StreamedFile | str = ""
    try:
        with apart.entered():
            apart.view.is_apart = True
            answer = apart.view()
    finally:
        if isinstance(answer, StreamedFile):
            answer.hold(apart)
        else:
            apart.close()
    return answer


@implementer(IUnboundStreamIterator)
class StreamedFile:
    """A file: its ``first`` part, and the ``rest`` in parts, None where there is no more.

    What is wrong with the rest is raised: the server breaks off the answer then, so
    that nobody takes it for the whole. Servers close what they don't send to its end.
    """

    def __init__(self, first: bytes, rest: Generator[bytes, None, None] | None) -> None:
        self._first: bytes | None = first
        self._rest = rest
        self._apart: RequestApart | None = None

    def hold(self, apart: RequestApart) -> None:
        """Make the rest in that request, which is closed when there is no more."""
        self._apart = apart
        if self._rest is None:
            self.close()

    def __iter__(self) -> "StreamedFile":
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        if self._rest is None:
            raise StopIteration
        try:
            with self._apart.entered():
                return next(self._rest)
        except StopIteration:
            self.close()
            raise
        except BaseException as error:
            logger.error("A list was sent in part, then broken off: %s", error)
            self.close()
            raise

    def close(self) -> None:
        """Let go of database and site. To be called once or more."""
        apart, self._apart = self._apart, None
        rest, self._rest = self._rest, None
        if apart is None:
            return
        try:
            if rest is not None:
                with apart.entered():
                    rest.close()
        finally:
            apart.close()
