"""By which path Zope has come to a site, so that the filter knows it again."""

from slc.clicktracker.doors.banned import path_to_site

import pytest


class Request(dict):
    """As it is when Zope has come to a site, with ``names`` still to be gone through."""

    def __init__(self, path, names, script=""):
        super().__init__(TraversalRequestNameStack=[*reversed(names)])
        self.environ = {"PATH_INFO": path, "SCRIPT_NAME": script}


HOST = "/VirtualHostBase/http/example.org:80"


@pytest.mark.parametrize(
    "path, names, expected",
    [
        ("/plone", [], "/plone"),
        ("/plone/", [], "/plone"),
        ("/plone/a/b", ["a", "b"], "/plone"),
        ("/plone/plone/a", ["plone", "a"], "/plone"),
        ("/sites/plone/a", ["a"], "/sites/plone"),
        ("/plöne/ä", ["ä"], "/plÃ¶ne"),
        # The host has a site of its own, whatever the path is.
        ("/a/b", ["virtual_hosting", "/", "a", "b"], ""),
        ("/", ["virtual_hosting", "/"], ""),
        (
            f"{HOST}/plone/VirtualHostRoot/a",
            ["virtual_hosting", "/", "a"],
            f"{HOST}/plone/VirtualHostRoot",
        ),
        (
            f"{HOST}/plone/VirtualHostRoot/_vh_x/a",
            ["virtual_hosting", "/x", "a"],
            f"{HOST}/plone/VirtualHostRoot/_vh_x",
        ),
        (
            f"{HOST}/plone/a/VirtualHostRoot/b",
            ["a", "virtual_hosting", "/", "b"],
            f"{HOST}/plone/a/VirtualHostRoot",
        ),
        (f"{HOST}/VirtualHostRoot/plone/a", ["a"], f"{HOST}/VirtualHostRoot/plone"),
        # Zope leaves parts of these out, so that they don't show where the site is.
        ("/plone//a", ["a"], None),
        ("//plone/a", ["a"], None),
        ("/plone/./a", ["a"], None),
        ("/plone/a/../b", ["b"], None),
        # Somebody has led Zope elsewhere.
        ("/other/a", ["b"], None),
        ("/other/a", ["b", "a"], None),
    ],
)
def test_path_to_site(path, names, expected):
    assert path_to_site(Request(path, names)) == expected


def test_zope_may_be_below_a_path_of_the_server():
    assert path_to_site(Request("/plone/a", ["a"], "/cms")) == "/cms/plone"


def test_a_long_path_takes_little_time():
    names = ["a"] * 100_000
    assert path_to_site(Request("/plone/" + "/".join(names), names)) == "/plone"
