from pytest_plone import fixtures_factory
from slc.clicktracker.testing.layers import FUNCTIONAL_TESTING
from slc.clicktracker.testing.layers import INTEGRATION_TESTING


pytest_plugins = ["pytest_plone", "tests.plone_site", "tests.postgresql_server"]

globals().update(
    fixtures_factory(
        (
            (INTEGRATION_TESTING, "integration"),
            (FUNCTIONAL_TESTING, "functional"),
        )
    )
)
