"""A local server that answers as Matomo and Clicky do, with their traps."""

from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Event
from threading import Thread
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import json


class Service:
    """Keeps what it is told: ``told`` has the bodies or queries of all requests, ``counted``
    the parameters of the hits that it took. ``answer`` is how it answers the next ones: the
    name of a method."""

    token = "a" * 32
    elsewhere = "http://127.0.0.1:9/"

    def __init__(self):
        self.told, self.counted, self.headers = [], [], []
        self.answer = "right"
        self.released = Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                parts = urlsplit(self.path)
                service.headers.append(dict(self.headers))
                self.reply(*service.asked(parts.path, parts.query))

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                service.headers.append(dict(self.headers))
                body = self.rfile.read(length).decode()
                self.reply(*service.asked(self.path, body))

            def reply(self, status, body, headers=None):
                if status is None:
                    # In the middle of it.
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def asked(self, path, text):
        return getattr(self, self.answer)(path, text)

    def end(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def right(self, path, text):
        self.told.append(text)
        if path == "/in.php":
            self.counted.append(_flat(parse_qs(text)))
            return 200, b""
        body = json.loads(text)
        knows = body.get("token_auth") == self.token
        sent = [_flat(parse_qs(one[1:])) for one in body["requests"] if one[0] == "?"]
        bad = [place for place, hit in enumerate(sent) if self.is_invalid(hit, knows)]
        self.counted += [hit for n, hit in enumerate(sent) if n not in bad]
        found = {"status": "success", "tracked": len(sent) - len(bad)}
        found["invalid"] = len(bad)
        if knows:
            found["invalid_indices"] = bad
        return 200, json.dumps(found).encode()

    def is_invalid(self, hit, knows):
        is_right = hit.get("rec") == "1" and hit.get("idsite") == "4"
        return not is_right or "bad" in hit.get("action_name", "")

    def counts_none(self, path, text):
        return 200, b'{"status":"success","tracked":0,"invalid":0}'

    def names_others(self, path, text):
        self.told.append(text)
        return (
            200,
            b'{"status":"success","tracked":1,"invalid":1,"invalid_indices":[7]}',
        )

    def names_none(self, path, text):
        return 200, b'{"status":"success","tracked":1,"invalid":1,"invalid_indices":[]}'

    def names_one_twice(self, path, text):
        return (
            200,
            b'{"status":"success","tracked":1,"invalid":2,"invalid_indices":[0,0]}',
        )

    def counts_too_many(self, path, text):
        return 200, b'{"status":"success","tracked":99,"invalid":0}'

    def is_no_json(self, path, text):
        self.told.append(text)
        return 200, b"<html>Welcome</html>"

    def is_a_list(self, path, text):
        return 200, b"[1, 2]"

    def has_truths_for_numbers(self, path, text):
        return 200, b'{"tracked": true, "invalid": false}'

    def is_deep(self, path, text):
        return 200, b"[" * 90_000

    def is_endless(self, path, text):
        return 200, b" " * 200_000

    def is_cut_off(self, path, text):
        self.told.append(text)
        return None, b""

    def is_slow(self, path, text):
        self.released.wait(20)
        return 200, b""

    def redirects(self, path, text):
        return 302, b"", {"Location": self.elsewhere}

    def status_of(self, status):
        """Answer with a status alone."""
        name = f"status_{status}"
        setattr(self, name, lambda path, text: (status, b""))
        return name


def _flat(values):
    return {name: found[0] for name, found in values.items()}
