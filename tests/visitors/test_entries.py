"""Of lines that mean nothing each is named, with what to write instead."""

from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.visitors.entries import InvalidEntries
from zope.i18n import translate
from zope.schema.interfaces import ConstraintNotSatisfied

import pytest


def complaint(name, *lines):
    """What a setting says of lines, "" if they can be used."""
    try:
        IVisitorSettings[name].validate(lines)
    except InvalidEntries as error:
        return translate(error.doc())
    return ""


@pytest.mark.parametrize(
    "name, lines",
    [
        ("untracked_paths", ()),
        ("untracked_paths", ("/", "/news", "/news/", "/a b/@@view")),
        ("untracked_agents", ("bot", "Mozilla/5.0 (compatible", "\N{SNOWMAN}")),
        ("untracked_statuses", ("404", "5xx", "5XX", " 200 ")),
        ("internal_networks", ("10.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32")),
        ("internal_networks", ("fe80::1%eth0", "::ffff:10.0.0.0/104")),
        ("untracked_groups", ("Reviewers", "no-such-group")),
    ],
)
def test_what_means_something_is_taken(name, lines):
    assert complaint(name, *lines) == ""


@pytest.mark.parametrize(
    "name, line",
    [
        ("untracked_paths", "news"),
        ("untracked_paths", ""),
        ("untracked_paths", "https://example.org/news"),
        ("untracked_paths", "/search?x=1"),
        ("untracked_paths", "/news#top"),
        ("untracked_statuses", ""),
        ("untracked_statuses", "99"),
        ("untracked_statuses", "600"),
        ("untracked_statuses", "xx"),
        ("untracked_statuses", "4x4"),
        ("untracked_statuses", "4040"),
        ("untracked_statuses", "٤٠٤"),
        ("untracked_statuses", "not found"),
        ("internal_networks", ""),
        ("internal_networks", "localhost"),
        ("internal_networks", "10.0.0.0/33"),
        ("internal_networks", "10.0.0.0 - 10.0.0.9"),
        ("internal_networks", "<script>alert(1)</script>"),
    ],
)
def test_what_means_nothing_is_named(name, line):
    assert f'"{line}"' in complaint(name, line)


def test_of_several_lines_each_that_is_wrong_is_named():
    said = complaint("untracked_paths", "/news", "board", "/x", "a?b")
    assert said == (
        'Not a path in the site: "board", "a?b". A path begins with “/” and contains '
        "no “?” or “#”."
    )


def test_of_an_address_with_a_size_the_network_that_is_meant_is_told():
    said = complaint("internal_networks", "10.1.2.3/8", "10.0.0.0/8", "2001:db8::1/32")
    assert said == (
        'An address with the size of a network: "10.1.2.3/8", "2001:db8::1/32". Enter '
        "10.0.0.0/8, 2001:db8::/32 for the whole network, or only the address, without "
        "the slash and what follows."
    )


def test_both_kinds_of_wrong_networks_are_told_together():
    said = complaint("internal_networks", "10.1.2.3/8", "office")
    assert 'Neither a network nor an address: "office".' in said
    assert 'An address with the size of a network: "10.1.2.3/8".' in said
    assert "10.0.0.0/8" in said


@pytest.mark.parametrize(
    "keyword", ["", " ", "\t", "\0", "\u200b", "\u00a0"], ids=ascii
)
def test_an_empty_keyword_is_refused(keyword):
    assert "A keyword is empty" in complaint("untracked_agents", "bot", keyword)


def test_a_message_is_no_longer_than_can_be_read():
    said = complaint("untracked_paths", *(f"{n}-" + "x" * 10_000 for n in range(1000)))
    assert len(said) < 1000
    assert '"9-xxx' in said and '"10-xxx' not in said


def test_there_are_two_ways_to_notice_and_three_to_treat_guests():
    IVisitorSettings["source"].validate("server")
    IVisitorSettings["guest_cookie"].validate("consent")
    for name in ("source", "guest_cookie"):
        with pytest.raises(ConstraintNotSatisfied):
            IVisitorSettings[name].validate("sometimes")


def test_at_first_everything_is_off():
    defaults = {
        name: IVisitorSettings[name].default for name in IVisitorSettings.names()
    }
    assert defaults["enabled"] is False
    assert defaults["query_strings"] is False
    assert defaults["guest_cookie"] == "never"
    assert defaults["keep_addresses"] == 7
