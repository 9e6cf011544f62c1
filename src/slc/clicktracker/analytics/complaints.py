"""What the log says about providers and data, each thing once a minute."""

from slc.clicktracker.once_a_minute import OnceAMinute

import logging


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


def complain(about: str, message: str, *arguments: object, **options: object) -> None:
    """Log a warning, if nothing was logged about the same within a minute."""
    if _said.is_due(about):
        logger.warning(message, *arguments, **options)
