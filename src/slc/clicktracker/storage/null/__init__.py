"""No readings at all: recording is switched off."""

from slc.clicktracker.storage.null.storage import NullStorage


__all__ = ["NullStorage"]
