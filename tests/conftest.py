from pathlib import Path
from pytest_plone import fixtures_factory
from tests.layers import FUNCTIONAL_TESTING
from tests.layers import INTEGRATION_TESTING
from zope.i18n.compile import compile_mo_file

import gc
import os
import slc.clicktracker


# A site is a million objects that stay; to look through them for garbage as often as Python
# does takes a tenth of the time of all tests.
gc.set_threshold(400_000, 10, 20)

# Only `make test-volto` has built what these need.
collect_ignore = [] if "CLICKTRACKER_VOLTO" in os.environ else ["functional/volto"]

pytest_plugins = [
    "pytest_plone",
    "tests.both_doors",
    "tests.collector.clock",
    "tests.compiled_sql",
    "tests.compiled_together",
    "tests.held_files",
    "tests.nightly",
    "tests.own_folder",
    "tests.run_folder",
    "tests.plone_site",
    "tests.browser_visits",
    "tests.postgresql_server",
    "tests.zopes",
    "tests.mails.mail_server",
    "tests.mails.another_process",
    "tests.demo_site",
    "tests.side_by_side",
]

globals().update(
    fixtures_factory(
        (
            (INTEGRATION_TESTING, "integration"),
            (FUNCTIONAL_TESTING, "functional"),
        ),
        # ``side_by_side`` has them kept, and only where a test needs a site.
        keep_session=False,
    )
)


def pytest_sessionstart():
    """Compile our .po files before a layer loads them, as an instance does.

    A fixture would come too late, and Zope's switch would compile those of all
    packages.
    """
    locales = Path(slc.clicktracker.__file__).parent / "locales"
    for catalog in locales.glob("*/LC_MESSAGES/*.po"):
        compile_mo_file(catalog.stem, str(catalog.parent))


def pytest_unconfigure():
    """What is there at the end is not looked through for garbage once more, which pytest and
    Python do: it is a million objects, and nobody asks what becomes of them."""
    gc.freeze()
