"""The settings of analytics services: what is kept, what is refused, what a test says."""

from html import unescape
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from plone import api
from slc.clicktracker.analytics import clicky
from slc.clicktracker.analytics import service_check
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.interfaces import IAnalyticsSettings
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo
from tests.browser.controlpanel.fields import of_field
from threading import Event
from threading import Thread

import pytest
import re
import socket
import ssl
import subprocess
import time


SCHEMAS = {
    "analytics": IAnalyticsSettings,
    "clicky": IClickySettings,
    "matomo": IMatomoSettings,
}


def kept(part):
    schema = SCHEMAS[part]
    return {
        name: api.portal.get_registry_record(name, schema)
        for name in schema.names(all=True)
    }


def test_what_is_saved_is_kept(panel):
    values = {
        "analytics.auto_identify": "selected",
        "analytics.identify_by": "pseudonym",
        "analytics.internal_networks": "10.0.0.0/8\r\n2001:db8::1",
        "analytics.consent": "all",
        "analytics.respect_signals": "selected",
        "clicky.site_id": "12345678",
        "clicky.disable_cookies": "selected",
        "clicky.own_internal_networks": "selected",
        "clicky.internal_networks": "",
        "matomo.address": "www.example.org/matomo",
        "matomo.site_id": "4",
        "matomo.link_tracking": "selected",
        "matomo.heartbeat": "15",
        "matomo.internal_networks": "192.0.2.7",
    }
    assert "Changes saved" in panel("save", **values).text
    assert kept("analytics") == {
        "auto_identify": True,
        "identify_by": "pseudonym",
        "internal_networks": ("10.0.0.0/8", "2001:db8::1"),
        "consent": "all",
        "respect_signals": True,
        "reset_after_logout": False,
        "noscript_image": False,
    }
    assert kept("clicky") == {
        "site_id": "12345678",
        "disable_cookies": True,
        "own_internal_networks": True,
        "internal_networks": (),
        "transport": "script",
        "forward_names": False,
    }
    assert kept("matomo") == {
        "address": "www.example.org/matomo",
        "site_id": "4",
        "https": False,
        "disable_cookies": False,
        "link_tracking": True,
        "heartbeat": 15,
        "own_internal_networks": False,
        "internal_networks": ("192.0.2.7",),
        "transport": "script",
        "forward_names": False,
    }


@pytest.mark.parametrize(
    "name, typed, said",
    [
        ("clicky.site_id", "12a", "A site ID consists of digits only"),
        ("clicky.site_id", "٤", "A site ID consists of digits only"),
        ("matomo.site_id", "-1", "A site ID consists of digits only"),
        ("matomo.address", "http://stats.example.org", "Enter a host"),
        ("matomo.address", "stats.example.org/", "without a slash at the end"),
        ("matomo.address", "a" * 24 + "?", "Enter a host"),
        ("matomo.heartbeat", "-1", "The smallest number here is 0."),
        ("matomo.heartbeat", "3601", "The largest number here is 3600."),
        ("matomo.internal_networks", "office", "Neither a network nor an address"),
        ("clicky.internal_networks", "10.1.2.3/8", "Enter 10.0.0.0/8 for"),
        ("analytics.internal_networks", "1.2.3", "Neither a network nor an address"),
        ("analytics.identify_by", "shoe size", "Required input is missing"),
        ("analytics.consent", "", "Required input is missing"),
    ],
)
def test_what_means_nothing_is_told_at_its_field(panel, name, typed, said):
    part = name.partition(".")[0]
    before = kept(part)
    page = panel("save", **{name: typed}).text
    assert "Nothing was saved. Correct these fields first:" in page
    html_id = name.replace(".", "-")
    assert said in of_field(html_id, page)
    assert re.search(rf'<details[^>]*id="fieldset-{part}"[^>]* open', page)
    assert kept(part) == before


def test_every_field_says_what_it_does(panel):
    page = unescape(panel.get().text)
    for part, schema in SCHEMAS.items():
        for name in schema.names(all=True):
            said = of_field(f"{part}-{name}", page)
            assert " ".join(schema[name].title.split()) in said
            assert " ".join(schema[name].description.split()) in said


def messages_in(page):
    found = re.findall(r'class="portalMessage [^>]*>(.*?)</div>', page, re.S)
    texts = [re.sub("<svg.*?</svg>|<[^>]+>", " ", unescape(one)) for one in found]
    said = [" ".join(text.split()) for text in texts]
    # What stands for an icon where the page has no icons.
    return [re.sub(r"^statusmessage_\w+ (\w+):", r"\1", text) for text in said]


class StandIn:
    """A server on this host that answers each path with a status and text."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []
        self.go_on = Event()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stand_in.asked.append((self.path, dict(self.headers)))
                name = self.path.rsplit("/", 1)[-1].replace(".", "_")
                status, text, *headers = stand_in.answers.get(name, (404, "no"))
                if status == "slow":
                    self.drip(text)
                    return
                self.send_response(status)
                for header, value in headers:
                    self.send_header(header, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def drip(self, text):
                """One header that never ends."""
                self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
                while not stand_in.go_on.wait(0.05):
                    try:
                        self.wfile.write(b"x")
                    except OSError:
                        return

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"127.0.0.1:{self._server.server_port}"

    def encrypt(self, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def end(self):
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()


MATOMO = {
    "matomo_js": (200, "var _paq = _paq || []; /* Matomo */"),
    "matomo_php": (200, "This resource is part of Matomo."),
}


@pytest.fixture
def stand_in():
    made = []

    def start(**answers):
        made.append(StandIn(**answers))
        return made[-1]

    yield start
    for one in made:
        one.end()


def test_a_matomo_that_is_there(site, panel, stand_in):
    server = stand_in(**MATOMO)
    use_matomo(address=f"{server.address}/stats", https=False)
    said = messages_in(panel("services").text)
    assert f"Info {server.address} answers like Matomo." in said
    assert [path for path, _headers in server.asked] == [
        "/stats/matomo.js",
        "/stats/matomo.php",
    ]
    # It counts nothing, and tells nothing of who asks.
    for _path, headers in server.asked:
        assert {name.lower() for name in headers} <= {
            "host",
            "connection",
            "accept-encoding",
        }


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {**MATOMO, "matomo_js": (200, "hello")},
        {**MATOMO, "matomo_php": (200, "hello")},
        {**MATOMO, "matomo_php": (500, "Matomo")},
        {**MATOMO, "matomo_js": (302, "_paq", ("Location", "/elsewhere"))},
        {**MATOMO, "matomo_js": (200, "what-another-service-says")},
    ],
    ids=lambda answers: str(sorted(answers.items())),
)
def test_something_else_is_there(site, panel, stand_in, answers):
    server = stand_in(**answers)
    use_matomo(address=server.address, https=False)
    page = panel("services").text
    # Of a host that only this server reaches, nothing more is told.
    said = f"Warning {server.address} does not answer like Matomo."
    assert messages_in(page) == [said]
    assert "what-another" not in page
    assert not any("elsewhere" in path for path, _headers in server.asked)


@pytest.mark.parametrize(
    "public, said",
    [(False, "does not answer like Matomo."), (True, "does not answer.")],
)
def test_nothing_is_there(site, panel, monkeypatch, public, said):
    monkeypatch.setattr(service_check, "_is_public", lambda address: public)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        use_matomo(address=address, https=False)
        assert messages_in(panel("services").text) == [f"Warning {address} {said}"]


def test_one_that_answers_for_ever_is_cut(site, panel, stand_in, monkeypatch):
    monkeypatch.setattr(service_check, "SECONDS", 0.5)
    server = stand_in(matomo_js=("slow", ""))
    use_matomo(address=server.address, https=False)
    began = time.monotonic()
    (said,) = messages_in(panel("services").text)
    assert "does not answer" in said
    assert server.asked
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "224.0.0.1"])
def test_some_addresses_are_never_asked(site, panel, monkeypatch, host):
    def connect(*args, **options):
        raise AssertionError("It was asked.")

    monkeypatch.setattr(service_check.socket, "create_connection", connect)
    use_matomo(address=host)
    assert messages_in(panel("services").text) == [
        f"Warning {host} does not answer like Matomo."
    ]


def test_nor_where_a_name_leads_there(site, panel, monkeypatch):
    def look_up(host, port, *args, **options):
        place = ("::ffff:169.254.169.254", port, 0, 0)
        return [(socket.AF_INET6, socket.SOCK_STREAM, 0, "", place)]

    def connect(*args, **options):
        raise AssertionError("It was asked.")

    use_matomo(address="stats.invalid")
    monkeypatch.setattr(service_check, "getaddrinfo", look_up)
    monkeypatch.setattr(service_check.socket, "create_connection", connect)
    (said,) = messages_in(panel("services").text)
    assert said == "Warning stats.invalid does not answer like Matomo."


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for this host, which nobody trusts, with its key."""
    path = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run(command, check=True, capture_output=True)
    with path.open("a") as file:
        file.write(path.with_suffix(".crt").read_text())
    return path


@pytest.mark.parametrize("is_trusted", [True, False])
@pytest.mark.parametrize("is_public", [True, False])
def test_by_https(
    site, panel, stand_in, certificate, monkeypatch, is_trusted, is_public
):
    server = stand_in(**MATOMO)
    server.encrypt(certificate)
    port = server.address.partition(":")[2]
    context = ssl.create_default_context(cafile=certificate if is_trusted else None)
    monkeypatch.setattr(ssl, "create_default_context", lambda: context)
    monkeypatch.setattr(service_check, "_is_public", lambda address: is_public)
    use_matomo(address=f"localhost:{port}")
    (said,) = messages_in(panel("services").text)
    if is_trusted:
        assert said == f"Info localhost:{port} answers like Matomo."
    elif is_public:
        assert "doesn't trust the certificate of" in said
    else:
        assert said == f"Warning localhost:{port} does not answer like Matomo."
    assert bool(server.asked) == is_trusted


def test_a_name_is_looked_up_once(site, panel, stand_in, monkeypatch):
    """What the name server says a second time leads nowhere else."""
    server = stand_in(**MATOMO)
    port = server.address.partition(":")[2]
    answers = []

    def look_up(host, port, *args, **options):
        answers.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    use_matomo(address=f"stats.invalid:{port}", https=False)
    press = panel
    with monkeypatch.context() as patch:
        patch.setattr(service_check, "getaddrinfo", look_up)
        (said,) = messages_in(press("services").text)
    assert said == f"Info stats.invalid:{port} answers like Matomo."
    assert answers == ["stats.invalid", "stats.invalid"]


def test_clicky(site, panel, stand_in, monkeypatch):
    server = stand_in(js=(200, "clicky.init()"))
    monkeypatch.setattr(clicky, "SCRIPT", f"http://{server.address}/js")
    use_clicky()
    assert messages_in(panel("services").text) == [
        f"Info {server.address} answers like Clicky."
    ]


def test_where_nothing_is_configured_nothing_is_asked(panel):
    (said,) = messages_in(panel("services").text)
    assert "No analytics service is configured" in said


def test_only_who_may_change_the_settings_can_ask(site, panel, visitor, stand_in):
    server = stand_in(**MATOMO)
    use_matomo(address=server.address, https=False)
    data = {"form.buttons.services": "x"}
    for name in (None, "bob"):
        other = visitor(name)
        url = f"{other.site_url}/@@clicktracker-settings"
        answer = other.session.post(url, data=data, allow_redirects=False)
        assert answer.status_code in (302, 401, 403)
    assert panel("services", authenticated=False).status_code == 403
    manager = visitor("manager")
    url = f"{manager.site_url}/@@clicktracker-settings"
    assert manager.session.get(url, params=data).status_code in (200, 403)
    assert server.asked == []
