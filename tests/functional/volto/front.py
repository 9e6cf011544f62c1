"""A web server in front of Volto and Plone, with a cache that keeps whatever it may."""

from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

import re


#: Of one connection.
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}

#: What a shared cache may not keep, in the header ``Cache-Control``.
_KEPT_OUT = re.compile("no-store|no-cache|private")


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def may_be_kept(self):
        said = [
            value for name, value in self.headers if name.lower() == "cache-control"
        ]
        return self.status == 200 and not _KEPT_OUT.search(",".join(said))


class Front:
    """The API of Plone is below ``/portal``, all else is Volto. It can be reached by several
    names. Pages of Volto are ``kept`` by address, whoever has asked for them first: HTTP
    forbids that no more than this. ``posted`` are the headers of what was sent to the API,
    by address. ``expire`` answers the next message to an address that matches as if its
    ticket were too old."""

    def __init__(self, port, plone, volto):
        self.kept = {}
        self.posted = []
        self._expired = None
        self._plone, self._volto = plone, volto
        handler = type("Handler", (_Handler,), {"front": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def expire(self, pattern):
        self._expired = pattern

    def answer(self, method, path, headers, body):
        api = path.removeprefix("/portal/++api++")
        if api != path:
            if method == "POST":
                self.posted.append((path, headers))
                if self._expired and self._expired.search(path):
                    self._expired = None
                    return Answer(410, _allowed(headers), b"")
            base = f"/VirtualHostBase/http/{headers['Host']}/Plone/++api++"
            path = f"{base}/VirtualHostRoot/_vh_portal{api}"
            return _ask(self._plone, method, path, headers, body)
        if method == "GET" and path in self.kept:
            return self.kept[path]
        answer = _ask(self._volto, method, path, headers, body)
        if method == "GET" and "Authorization" not in headers and answer.may_be_kept:
            self.kept[path] = answer
        return answer


def _allowed(headers):
    return [
        ("Access-Control-Allow-Origin", headers["Origin"]),
        ("Access-Control-Allow-Credentials", "true"),
    ]


def _ask(port, method, path, headers, body):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, dict(headers.items()))
    found = connection.getresponse()
    kept = [(name, v) for name, v in found.getheaders() if name.lower() not in _HOP]
    answer = Answer(found.status, kept, found.read())
    connection.close()
    return answer


class _Handler(BaseHTTPRequestHandler):
    front = None

    def _do(self):
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.command, self.path, self.headers, self.rfile.read(length)
        status, headers, body = self.front.answer(*sent)
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        # A browser that goes on to another page wants it no more.
        with suppress(ConnectionError):
            self.wfile.write(b"" if self.command == "HEAD" else body)

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = _do

    def log_message(self, *said):
        """Nobody reads it."""
