"""A time stamp authority on loopback, made with ``openssl ts``."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from plone import api
from slc.clicktracker.interfaces import ISealSettings
from threading import Thread

import subprocess
import transaction


_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/stamps.crt
signer_key = {folder}/stamps.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """Answers each query; ``answers`` may say otherwise: a function of what would be
    answered."""

    def __init__(self, folder):
        self.folder = folder
        self.answers = lambda reply: (200, reply)
        self.queries = []
        for name in ("root", "stamps"):
            text = _CONFIG.format(name=name, folder=folder)
            (folder / f"{name}.conf").write_text(text)
            self._openssl(
                *(
                    "req",
                    "-new",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                ),
                *("-nodes", "-keyout", f"{name}.key", "-config", f"{name}.conf"),
                *(
                    ("-x509", "-extensions", "ca", "-days", "9")
                    if name == "root"
                    else ()
                ),
                *("-out", "root.crt" if name == "root" else "stamps.csr"),
            )
        self._openssl(
            *("x509", "-req", "-in", "stamps.csr", "-CA", "root.crt"),
            *("-CAkey", "root.key", "-days", "9", "-extfile", "stamps.conf"),
            *("-extensions", "stamps", "-out", "stamps.crt"),
        )
        (folder / "serial").write_text("01\n")

    @property
    def certificate(self):
        return (self.folder / "root.crt").read_text()

    def reply(self, query):
        (self.folder / "query").write_bytes(query)
        self._openssl(
            *("ts", "-reply", "-queryfile", "query", "-out", "reply"),
            *("-config", "stamps.conf"),
        )
        return (self.folder / "reply").read_bytes()

    def _openssl(self, *arguments):
        subprocess.run(
            ["openssl", *arguments], cwd=self.folder, check=True, capture_output=True
        )

    @contextmanager
    def served(self):
        """Serve it. Yields the address."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                authority.queries.append((self.headers["Content-Type"], query))
                status, body = authority.answers(authority.reply(query))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def use_authority(address, certificate):
    """Have the site name an authority."""
    for name, value in (
        ("authority", address),
        ("authority_certificate", certificate),
    ):
        record = f"{ISealSettings.__identifier__}.{name}"
        api.portal.get_tool("portal_registry")[record] = value or None
    transaction.commit()
