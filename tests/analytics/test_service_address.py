"""Addresses of services and numbers of sites: what is understood, and what isn't."""

from slc.clicktracker.analytics.matomo import is_matomo_address
from slc.clicktracker.analytics.service_address import InvalidServiceAddress
from slc.clicktracker.analytics.service_address import ServiceAddress
from slc.clicktracker.analytics.site_id import InvalidSiteId
from slc.clicktracker.analytics.site_id import is_site_id
from zope.i18n import translate

import pytest


@pytest.mark.parametrize(
    "typed, always, otherwise",
    [
        ("matomo.example.com", "https://matomo.example.com", "//matomo.example.com"),
        ("www.example.com/matomo", "https://www.example.com/matomo", None),
        ("example.com:8443", "https://example.com:8443", "//example.com:8443"),
        ("example.com:8443/a/b-c_d~e.f", "https://example.com:8443/a/b-c_d~e.f", None),
        ("localhost", "https://localhost", "//localhost"),
        ("127.0.0.1:8080", "https://127.0.0.1:8080", "//127.0.0.1:8080"),
        ("xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de", None),
        ("https://example.com/x", "https://example.com/x", "https://example.com/x"),
        ("HTTPS://example.com", "https://example.com", "https://example.com"),
    ],
)
def test_an_address_is_understood(typed, always, otherwise):
    address = ServiceAddress.of(typed)
    assert address.url(https=True) == always
    if otherwise:
        assert address.url(https=False) == otherwise


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        " example.com",
        "example.com ",
        "example.com\n",
        "example.com/",
        "example.com//x",
        "example.com/x/",
        "/x",
        "//example.com",
        "http://example.com",
        "ftp://example.com",
        "https://",
        "https:///x",
        "https://https://example.com",
        "https:example.com",
        "javascript:alert(1)",
        "user@example.com",
        "user:pass@example.com",
        "example.com?x",
        "example.com/x?y=z",
        "example.com#x",
        "example..com",
        ".example.com",
        "example.com.",
        "-example.com",
        "example-.com",
        "exa mple.com",
        'example.com"',
        "example.com'",
        "example.com/<b>",
        "example.com/--\\>",
        "example.com/%2e",
        "example.com/..",
        "example.com/./x",
        "example.com:",
        "example.com:0",
        "example.com:65536",
        "example.com:99999",
        "example.com:80:81",
        "example.com:８０",
        "example.com:80x",
        "exämple.com",
        "example。com",
        "example.com\u2028",
        "example.com\0",
        f"{'a' * 64}.com",
        "x" * 1_000_000,
        "[::1]",
        "::1",
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(InvalidServiceAddress):
        ServiceAddress.of(typed)


@pytest.mark.parametrize(
    "piece", ["a", "a.", "a-", ".", "/a", "/", ":1", "a?", "-", "https://"]
)
def test_it_takes_no_longer_than_the_text_is_long(piece):
    """Else this would take hours."""
    for length in (300, 490, 1_000_000):
        with pytest.raises(InvalidServiceAddress):
            ServiceAddress.of((piece * length)[:length] + "?")


@pytest.mark.parametrize("typed", ["4", "12345678", "0123"])
def test_a_site_id_is_digits(typed):
    assert is_site_id(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " 1",
        "1 ",
        "12345678\n",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "0x1",
        "123abc",
        "True",
        "٤",
        "４",
        "²",
        "1\u2028",
        "1" * 21,
        "1" * 1_000_000,
        "0",
        "000",
    ],
)
def test_nothing_else_is(typed):
    with pytest.raises(InvalidSiteId):
        is_site_id(typed)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("stats.example.org/matomo.php", "stats.example.org"),
        ("www.example.org/matomo/matomo.js", "www.example.org/matomo"),
        ("https://stats.example.org/Piwik.php", "stats.example.org"),
        ("stats.example.org/index.php/", "stats.example.org"),
    ],
)
def test_an_address_of_a_file_says_what_to_enter_instead(typed, meant):
    with pytest.raises(InvalidServiceAddress) as refused:
        is_matomo_address(typed)
    assert translate(refused.value.doc()).endswith(f"Enter {meant}.")
    assert is_matomo_address(meant)


@pytest.mark.parametrize("typed", ["", "/", "stats.example.org/", "example.org/a.php/"])
def test_any_other_that_is_none_is_refused_as_before(typed):
    with pytest.raises(InvalidServiceAddress):
        is_matomo_address(typed)
