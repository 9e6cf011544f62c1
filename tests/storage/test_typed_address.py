"""An address from a browser says where the database is, and nothing of the server."""

from queue import Queue
from slc.clicktracker.storage.errors import InvalidAddress
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from threading import Thread

import pytest
import socket
import struct


REFUSED = [
    "hostaddr=192.0.2.1",
    "service=tracking",
    "passfile=/tmp/evil",
    "options='-c search_path=evil'",
    "sslkey=/etc/ssl/private/key",
    "sslcert=/etc/ssl/cert",
    "sslcrl=/etc/passwd",
    "krbsrvname=evil",
    "replication=true",
    "requirepeer=evil",
]


@pytest.mark.parametrize("parameter", REFUSED)
def test_what_is_the_servers_is_refused_by_name(parameter):
    name = parameter.split("=")[0]
    with pytest.raises(InvalidAddress, match=rf"can't have {name}\."):
        PostgreSQLStorage(f"dbname=tracking {parameter}", typed=True)


def test_a_uri_has_no_other_rights():
    with pytest.raises(InvalidAddress, match="can't have passfile, service"):
        uri = "postgresql://plone@db.example.org/tracking?service=x&passfile=/tmp/y"
        PostgreSQLStorage(uri, typed=True)


def test_who_runs_the_server_may_say_all_that():
    PostgreSQLStorage("dbname=tracking hostaddr=192.0.2.1 passfile=/etc/zope/pgpass")


@pytest.mark.parametrize(
    "dsn",
    [
        "dbname=tracking",
        "dbname=tracking host=db.example.org user=plone password=x port=5433",
        "dbname=tracking sslmode=verify-full sslrootcert=/etc/ssl/certs/db.crt",
        "postgresql://plone:x@db.example.org/tracking?connect_timeout=3",
    ],
)
def test_what_the_documentation_advises_is_allowed(dsn):
    PostgreSQLStorage(dsn, typed=True)


@pytest.fixture
def curious_server():
    """A server that asks everybody for the password, in the clear: its port, and a
    queue of what it was told."""
    told = Queue()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _address = listener.accept()
            with connection:
                (size,) = struct.unpack("!i", connection.recv(4))
                connection.recv(size - 4)
                connection.sendall(b"R" + struct.pack("!ii", 8, 3))
                told.put(connection.recv(1000))

        thread = Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], told
        thread.join(10)


def ask(port, typed):
    dsn = f"dbname=x user=plone host=127.0.0.1 port={port} sslmode=disable"
    storage = PostgreSQLStorage(f"{dsn} gssencmode=disable", typed=typed)
    with pytest.raises(StorageUnavailable):
        storage.status()
    storage.close()


@pytest.fixture
def passwords(monkeypatch, tmp_path):
    """Return a function: what the account of the server has, and for which host."""

    def keep(host):
        (tmp_path / "pgpass").write_text(f"{host}:*:*:*:of-the-file\n")
        (tmp_path / "pgpass").chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))

    monkeypatch.delenv("PGPASSWORD", raising=False)
    return keep


def test_a_password_for_any_host_is_not_sent_to_a_host_that_was_typed(
    monkeypatch, passwords, curious_server
):
    passwords("db.example.org")
    monkeypatch.setenv("PGPASSWORD", "of-the-environment")
    port, told = curious_server
    ask(port, typed=True)
    assert told.get(timeout=10) == b""


def test_who_runs_the_server_has_it_sent(monkeypatch, passwords, curious_server):
    passwords("db.example.org")
    monkeypatch.setenv("PGPASSWORD", "of-the-environment")
    port, told = curious_server
    ask(port, typed=False)
    assert b"of-the-environment" in told.get(timeout=10)


def test_a_host_gets_the_password_that_is_kept_for_it(passwords, curious_server):
    passwords("127.0.0.1")
    port, told = curious_server
    ask(port, typed=True)
    assert b"of-the-file" in told.get(timeout=10)


@pytest.fixture
def encrypting_server():
    """A server that is willing to encrypt: its port, and a queue of what it was told
    then."""
    told = Queue()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _address = listener.accept()
            with connection:
                connection.recv(8)
                connection.sendall(b"S")
                told.put(connection.recv(1000))

        thread = Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], told
        thread.join(10)


def test_what_is_in_the_file_for_certificates_is_told_to_nobody(
    encrypting_server, tmp_path
):
    port, told = encrypting_server
    file = tmp_path / "zope.conf"
    file.write_text("password of-the-server")
    dsn = f"dbname=x host=127.0.0.1 port={port} gssencmode=disable"
    storage = PostgreSQLStorage(
        f"{dsn} sslmode=verify-full sslrootcert={file}", typed=True
    )
    with pytest.raises(StorageUnavailable) as failure:
        storage.status()
    storage.close()
    assert str(file) in str(failure.value)
    assert "of-the-server" not in str(failure.value)
    assert told.get(timeout=10) == b""
