"""A level of evidence as JSON."""

from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.levels import Level


def level_json(level: Level, words: Words) -> dict[str, str]:
    """Return what a level is called, and what it proves, in the words of somebody."""
    return {
        "name": level.name,
        "title": words.translate(level.title),
        "proves": words.translate(level.proves),
    }
