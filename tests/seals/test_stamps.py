"""An authority says when a report was sealed, so that nobody has to believe the site."""

from rfc3161_client import TimestampRequestBuilder
from slc.clicktracker.forwarding.connection import public_address
from slc.clicktracker.interfaces import ISealSettings
from slc.clicktracker.seals.chain import last_seal
from slc.clicktracker.seals.keys import used_keys
from slc.clicktracker.seals.sealing import seal_file
from slc.clicktracker.seals.sealing import seal_report
from slc.clicktracker.seals.sealing import written
from slc.clicktracker.seals.stamps import NotStamped
from slc.clicktracker.seals.stamps import stamp_seal
from slc.clicktracker.seals.verify import checked
from slc.clicktracker.seals.verify import public_key
from slc.clicktracker.snapshots.as_of import as_of
from tests.seals.authority import Authority
from tests.seals.authority import use_authority
from tests.seals.server_key import use_key
from tests.snapshots.board import read_agenda

import base64
import pytest
import subprocess


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def served(authority, monkeypatch):
    """The authority, which is one of the house, answers."""
    monkeypatch.setenv("CLICKTRACKER_AUTHORITY_INSIDE", "yes")
    authority.answers = lambda reply: (200, reply)
    authority.queries.clear()
    with authority.served() as address:
        yield address


@pytest.fixture
def agenda(tracked):
    return read_agenda(tracked)


@pytest.fixture
def seal(agenda, monkeypatch, tmp_path):
    use_key(monkeypatch, tmp_path / "seal.pem")
    return seal_report(agenda, as_of(agenda, None))


def query_about(data):
    return TimestampRequestBuilder().data(data).build().as_bytes()


def check(file, *certificates):
    keys = [public_key(each.text) for each in used_keys()]
    authorities = [each.encode() for each in certificates]
    return checked("seal", written(file), keys, authorities)


def test_a_stamp_says_when_it_was_there(seal, authority, served):
    use_authority(served, authority.certificate)
    assert stamp_seal(seal)
    stamped = last_seal()
    found = check(seal_file(stamped), authority.certificate)
    assert found.problems == []
    assert f"it was there at {stamped.stamped:%Y-%m-%d %H:%M:%S} UTC" in found.notes[-1]
    assert not stamp_seal(stamped)
    ((kind, query),) = authority.queries
    assert kind == "application/timestamp-query"
    assert b"alice" not in query
    assert len(query) < 100


def test_openssl_finds_the_same(seal, authority, served, tmp_path):
    use_authority(served, authority.certificate)
    stamp_seal(seal)
    response = base64.b64decode(seal_file(last_seal())["timestamp"]["response"])
    (tmp_path / "response").write_bytes(response)
    (tmp_path / "root.crt").write_text(authority.certificate)
    done = subprocess.run(
        [
            *("openssl", "ts", "-verify", "-in", "response", "-digest", seal.hash),
            *("-CAfile", "root.crt"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "Verification: OK" in done.stdout


def test_a_stamp_of_another_seal_proves_nothing(seal, agenda, authority, served):
    use_authority(served, authority.certificate)
    stamp_seal(seal)
    stamp = seal_file(last_seal())["timestamp"]
    other = seal_file(seal_report(agenda, as_of(agenda, None)))
    found = check({**other, "timestamp": stamp}, authority.certificate)
    assert found.problems == [
        "The time stamp does not prove anything: Mismatch between messages"
    ]


def test_a_changed_stamp_is_found(seal, authority, served):
    use_authority(served, authority.certificate)
    stamp_seal(seal)
    file = seal_file(last_seal())
    file["timestamp"]["response"] = "AAAA" + file["timestamp"]["response"][4:]
    assert check(file).problems == ["The time stamp was changed."]


@pytest.mark.parametrize(
    "answers",
    [
        lambda reply: (200, reply[:-40]),
        lambda reply: (200, b"<html>"),
        lambda reply: (200, b""),
        lambda reply: (503, reply),
        lambda reply: (302, reply),
        None,
    ],
    ids=["cut off", "a page", "nothing", "unavailable", "elsewhere", "of other data"],
)
def test_what_is_no_stamp_of_it_is_not_kept_and_it_can_be_stamped_later(
    seal, authority, served, answers
):
    use_authority(served, authority.certificate)
    of_other_data = authority.reply(query_about(b"other data"))
    authority.answers = answers or (lambda reply: (200, of_other_data))
    with pytest.raises(NotStamped):
        stamp_seal(seal)
    assert last_seal().stamped is None
    assert check(seal_file(last_seal())).problems == []
    authority.answers = lambda reply: (200, reply)
    assert stamp_seal(last_seal())


def test_an_authority_that_is_down_leaves_the_seal_without_a_stamp(
    seal, authority, served
):
    use_authority("http://127.0.0.1:1/", authority.certificate)
    with pytest.raises(NotStamped) as raised:
        stamp_seal(seal)
    assert raised.value.problem == "The time stamp authority can't be reached."
    assert check(seal_file(last_seal())).problems == []


def test_another_authority_than_the_one_that_is_named_is_not_believed(
    seal, authority, served, tmp_path
):
    other = Authority(tmp_path)
    use_authority(served, other.certificate)
    with pytest.raises(NotStamped):
        stamp_seal(seal)
    use_authority(served, authority.certificate)
    stamp_seal(seal)
    (problem,) = check(seal_file(last_seal()), other.certificate).problems
    assert problem.startswith("The time stamp does not prove anything")


def test_nothing_of_the_house_is_asked_unless_who_runs_the_server_says_so(
    seal, authority, served, monkeypatch
):
    monkeypatch.delenv("CLICKTRACKER_AUTHORITY_INSIDE")
    use_authority(served, authority.certificate)
    with pytest.raises(NotStamped):
        stamp_seal(seal)
    assert authority.queries == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "0.0.0.0",
        "224.0.0.1",
    ],
)
def test_no_address_of_the_house_is_public(address):
    assert public_address(address) is None


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "ftp://a.example",
        "http://",
        "//a.example",
        "a.example",
        "http://user:secret@a.example/",
        "http://a.example:port/",
    ],
)
def test_what_is_no_web_address_is_refused(text):
    assert not ISealSettings["authority"].constraint(text)


def test_without_an_authority_nobody_is_asked(seal):
    assert not stamp_seal(seal)
    use_authority("", "")
    assert not stamp_seal(seal)


def test_a_certificate_that_cannot_be_read_is_said(seal, authority, served):
    use_authority(served, "no certificate")
    with pytest.raises(NotStamped) as raised:
        stamp_seal(seal)
    assert raised.value.problem == "The certificate of the authority can't be read."
    assert authority.queries == []
