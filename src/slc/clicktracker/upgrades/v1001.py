"""To one record of what people declare, and to the settings that are new (profile version
1001).

Until then, exceptions and minor changes had a record each in the site, by UID: all of a
document in one tuple. Documents that are deleted have theirs there, too, so neither the
catalog nor any content is asked.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker import logger
from slc.clicktracker.audience.exceptions import EXCEPTION
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import plain_details
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.declarations.declarations import prepare_declarations
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.upgrades.v1000 import PROFILE
from slc.clicktracker.versions.minor_changes import declared_details
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import MINOR_CHANGE
from typing import Any


#: Documents after which the log says how far it is.
_PROGRESS = 1000


def upgrade(tool: SetupTool) -> None:
    """Move what was declared. What is moved is gone from the old records, so a step that
    was interrupted goes on where it was; what was declared since stays as well."""
    # What an administrator has set stays as it is.
    tool.runImportStepFromProfile(PROFILE, "plone.app.registry", run_dependencies=False)
    prepare_declarations()
    _move(SiteRecord("exceptions"), EXCEPTION, _person)
    _move(SiteRecord("minor-changes"), MINOR_CHANGE, _texts)


def _move(old: SiteRecord, kind: str, about: Callable[..., dict[str, Any]]) -> None:
    declarations, uids, count = Declarations(kind), old.uids(), 0
    for number, uid in enumerate(uids, 1):
        for place, kept in enumerate(old.get(uid)):
            *what, reason, folder, user, since, ended = kept
            declaration = Declaration(
                kind=kind,
                uid=uid,
                key=_key(place, kept, since),
                by=Reader(user, folder),
                since=from_microseconds(since),
                reason=reason,
                **about(*what),
            )
            count += declarations.take_over(_with_end(declaration, ended))
        old.set(uid, ())
        if number % _PROGRESS == 0:
            logger.info("%s: %d of %d documents", kind, number, len(uids))
    old.remove()
    logger.info("%s: moved %d declarations of %d documents", kind, count, len(uids))


def _person(folder: str, user: str) -> dict[str, Any]:
    return {"subject": Reader(user, folder)}


def _texts(declared: tuple[tuple[str, str, int | None], ...]) -> dict[str, Any]:
    details = declared_details(map(DeclaredText.of, declared))
    return {"subject": declared[0][0], "details": plain_details(details)}


def _key(place: int, kept: tuple, since: int) -> tuple[int, str]:
    """Return a key that is the same whenever the step is run. Of two that were declared
    at one moment, the first stays the first."""
    what = sha256(repr(kept[:-1]).encode()).hexdigest()
    return since, f"{place:06d}{what[:10]}"


def _with_end(declaration: Declaration, ended: tuple | None) -> Declaration:
    if ended is None:
        return declaration
    folder, user, moment = ended
    by = Reader(user, folder)
    return replace(declaration, ended_by=by, ended=from_microseconds(moment))
