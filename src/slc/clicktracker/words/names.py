"""People by name, on the screens of those who may see names."""

from plone import api
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.isolated import isolated


def name_of(reader: Reader) -> str:
    """Return the name of a person for a screen, with the id where it says more."""
    if reader.folder:
        return f"{isolated(reader.user)} ({reader.folder})"
    user = api.user.get(userid=reader.user) if reader.user else None
    name = user.getProperty("fullname") if user is not None else ""
    user_id = isolated(reader.user)
    return f"{isolated(name)} ({user_id})" if name else user_id
