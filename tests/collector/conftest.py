from tests.collector.clock import Clock

import pytest


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["zope", "filter"])
def door(request):
    """What is true of a beacon is true at both doors."""
    if request.param == "zope":
        return lambda url: url
    return request.getfixturevalue("filter_door")
