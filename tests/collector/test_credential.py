"""The credential of a request is its session cookie, else its Authorization."""

from slc.clicktracker.collector.credential import credential

import pytest


@pytest.mark.parametrize(
    "environ, expected",
    [
        ({}, ""),
        ({"HTTP_COOKIE": "__ac=abc"}, "abc"),
        ({"HTTP_COOKIE": 'I18N_LANGUAGE="de"; __ac="abc def"'}, "abc def"),
        ({"HTTP_COOKIE": "other=abc"}, ""),
        ({"HTTP_AUTHORIZATION": "Basic Ym9i"}, "Basic Ym9i"),
        ({"HTTP_COOKIE": "__ac=abc", "HTTP_AUTHORIZATION": "Basic x"}, "abc"),
        ({"HTTP_COOKIE": "\x00;=;;;"}, ""),
        ({"HTTP_COOKIE": "a[b]=1; __ac=abc"}, "abc"),
    ],
)
def test_credential(environ, expected):
    assert credential(environ, "__ac") == expected
