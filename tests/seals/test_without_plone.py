"""The file that checks seals runs in a Python that has nothing but ``cryptography``."""

from functools import partial
from slc.clicktracker.seals import verify
from tests.seals.alone import verify_alone
from tests.seals.seals import BOB
from tests.seals.seals import KEY
from tests.seals.seals import seal
from tests.seals.seals import written

import pytest


@pytest.fixture
def run(tmp_path):
    """Return what the copied file prints, and its exit status."""
    return partial(verify_alone, tmp_path)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "seal.json"
    path.write_bytes(written(seal()))
    return path


def test_a_seal_is_checked_with_the_public_key_alone(run, file, tmp_path):
    (tmp_path / "public.txt").write_text(KEY.public)
    for key in (KEY.public, tmp_path / "public.txt"):
        said, status = run("--key", key, file)
        assert status == 0
        assert f"{file}: as it was sealed\n  seal 1 of Board\n" in said
        assert "to be read by 2026-05-03 UTC, evidence asked for: acknowledged" in said
        assert "about Budget, as of 2026-05-04T12:00:00.000000Z" in said
        assert "It does not prove that anybody read or understood the text" in said


def test_one_flipped_byte_is_named(run, file):
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"finished"', b'"finisled"'))
    said, status = run("--key", KEY.public, file)
    assert status == 1
    assert said == (
        f"{file}: NOT AS IT WAS SEALED\n"
        '  In the part “readings”, entry 1 (Alice "A" Anders) was changed.\n'
        "  When it was sealed is the word of the site: there is no time stamp of anybody "
        "else.\n"
    )


def test_a_file_that_was_changed_does_not_steer_the_terminal(run, file):
    forged = seal()
    person = {**forged["people"][BOB], "name": "\x1b[2J\nall: as it was sealed"}
    file.write_bytes(written({**forged, "people": {BOB: person}}))
    said, status = run("--key", KEY.public, file)
    assert status == 1
    assert "\x1b" not in said
    assert "The name, id or salt of \\u001b[2J\\u000aall: as it was sealed" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--key", "nonsense"], "The key 'nonsense' can't be used"),
        (
            ["--key", KEY.public, "--chain", "seal.json"],
            "seal.json is no list of seals.",
        ),
        (["--key", KEY.public, "nowhere.json"], "No such file"),
    ],
    ids=["no key", "no list", "no file"],
)
def test_what_cannot_be_looked_at_is_said(run, file, arguments, said):
    printed, status = run(*arguments, file)
    assert said in printed
    assert status == 2


def test_a_time_stamp_that_cannot_be_checked_here_is_said(run, file, tmp_path):
    stamp = {"response": "AAAA", "sha256": verify.hash_of(b"\0\0\0")}
    file.write_bytes(written(seal(timestamp=stamp)))
    (tmp_path / "authority.pem").write_text("any")
    for more, said in (
        ([], "give the certificate of the authority with --authority"),
        (["--authority", "authority.pem"], "that takes the package rfc3161-client"),
    ):
        printed, status = run("--key", KEY.public, *more, file)
        assert status == 0
        assert "There is a time stamp. It was not checked" in printed
        assert said in printed
