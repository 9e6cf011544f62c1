"""``clicktracker seal-key`` and ``clicktracker verify``, which need no Zope."""

from slc.clicktracker.console import command
from slc.clicktracker.seals.keys import SealKey
from slc.clicktracker.seals.verify import public_key
from tests.seals.seals import seal
from tests.seals.seals import written

import pytest
import sys


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Return what the command prints, and how it ends."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["clicktracker", *arguments])
        status = 0
        try:
            command.main()
        except SystemExit as end:
            status = end.code
        return capsys.readouterr().out, status

    return run


def test_a_key_is_made_once_and_for_its_owner_alone(run, tmp_path):
    said, status = run("seal-key", "seal.pem")
    assert status == 0
    path = tmp_path / "seal.pem"
    key = SealKey.of_pem(path.read_text())
    assert f"CLICKTRACKER_SEAL_KEY={path}\n" in said
    assert key.public in said.splitlines()
    assert key.fingerprint in said
    assert "PRIVATE" not in said
    assert path.stat().st_mode & 0o777 == 0o600
    assert run("seal-key", "seal.pem") == ("", "There is a file seal.pem already.")
    assert SealKey.of_pem(path.read_text()).public == key.public


def test_a_key_that_cannot_be_written_is_said(run):
    _said, status = run("seal-key", "nowhere/seal.pem")
    assert "can't be written" in status


def test_what_was_sealed_with_it_verifies(run, tmp_path):
    run("seal-key", "seal.pem")
    key = SealKey.of_pem((tmp_path / "seal.pem").read_text())
    (tmp_path / "seal.json").write_bytes(written(seal(key)))
    said, status = run("verify", "--key", key.public, "seal.json")
    assert ("as it was sealed" in said, status) == (True, 0)
    other = SealKey.made()
    assert public_key(other.public) != public_key(key.public)
    said, status = run("verify", "--key", other.public, "seal.json")
    assert ("NOT AS IT WAS SEALED" in said, status) == (True, 1)
