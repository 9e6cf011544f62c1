"""A link in a mail proves what it may do, and nothing else."""

from hypothesis import given
from hypothesis import strategies
from slc.clicktracker.mails.link_token import LinkToken

import pytest


KEYS = ("a secret of the site", "the one before")


def made(secret=KEYS[0], purpose="stop", key="0a1b", user="alice"):
    return LinkToken.made(secret, purpose, key, user)


def proves(text):
    return LinkToken.of(str(text)).is_of(KEYS, "stop", "alice")


def test_a_link_proves_what_it_was_made_for():
    assert proves(made())
    assert LinkToken.of(str(made())).key == "0a1b"
    assert str(made()).isascii()


def test_it_still_does_once_there_is_a_new_key():
    assert proves(made(KEYS[1]))


@pytest.mark.parametrize(
    "other",
    [
        made("the secret of another site"),
        made(purpose="acknowledge"),
        made(user="bob"),
        LinkToken("0a1c", made().signature),
        LinkToken("0a1b", made().signature[:-1]),
        LinkToken("0a1b", ""),
        LinkToken("0a1b", "ü"),
        "0a1b",
        "",
        ".",
    ],
)
def test_a_link_that_was_made_up_or_is_for_something_else_proves_nothing(other):
    assert not proves(other)


def test_without_a_key_nothing_is_proved():
    assert not LinkToken.made("", "stop", "0a1b", "alice").is_of((), "stop", "alice")


@given(strategies.text())
def test_whatever_is_in_a_link_is_looked_at(text):
    assert not proves(text)
