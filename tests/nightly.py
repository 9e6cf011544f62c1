"""How much the tests try: the same each time, or more, and something new, at night."""

from hypothesis import HealthCheck
from hypothesis import settings

import os


NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"


#: What is told in a browser, on which storages. By day, the longest story is told on
#: PostgreSQL, all others on SQLite; that they answer alike is what the contract shows.
STORAGES = ("sqlite", "postgresql") if NIGHTLY else ("sqlite",)
LONGEST_STORY_ON = STORAGES if NIGHTLY else ("postgresql",)

#: Rows of a list of which the memory is measured that it takes.
MANY_ROWS = 200_000 if NIGHTLY else 30_000


def examples(usually: int, *, nightly: int, **others: object) -> settings:
    """Settings for that many examples.

    Usually they are derived from the test alone: what fails then, fails because of
    the change at hand.
    """
    return settings(
        max_examples=nightly if NIGHTLY else usually,
        derandomize=not NIGHTLY,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
        **others,
    )


# Of every property that asks for no number of its own.
settings.register_profile("tests", examples(50, nightly=500))
settings.load_profile("tests")
