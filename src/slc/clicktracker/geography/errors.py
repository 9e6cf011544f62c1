"""Why a file tells nothing about addresses."""

from enum import Enum


class Why(Enum):
    """What is wrong with a file."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_THIS_FORMAT = "not-this-format"
    BROKEN = "broken"
    NO_PLACES = "no-places"
    TOO_LARGE = "too-large"
    NO_COPY = "no-copy"


class UnusableFile(Exception):
    """Carries why; ``detail`` is what the system or the library says of it."""

    def __init__(self, why: Why, detail: object = "") -> None:
        super().__init__(why.value, str(detail))
        self.why = why
        self.detail = str(detail)
