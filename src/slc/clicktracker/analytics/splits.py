"""Which variant of a split a page shows, and what services are told of that."""

from collections.abc import Mapping
from plone import api
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.page_data import page_data
from slc.clicktracker.analytics.page_data import set_analytics
from slc.clicktracker.doors.exposed import note_exposed
from slc.clicktracker.goals.split import Split
from slc.clicktracker.sites.goals import site_goals
from slc.clicktracker.sites.goals import site_splits
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.uids import document_uid
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


def split_variant(context: Any, request: IBrowserRequest, name: str) -> str | None:
    """Return the variant of a split that the current user is shown, and have it noted.

    A guest is shown the first one, and nothing is noted. None for a split that the settings
    don't have, which is logged: whoever asks has something to show all the same.
    """
    split = next((each for each in site_splits() if each.name == name), None)
    if split is None:
        complain("split", "The settings have no split with the name %.80r", name)
        return None
    user, folder = current_user()
    site = document_uid(api.portal.get())
    variant = split.variant_of(site, folder, user)
    if user:
        note_exposed(request, site, name, variant, (user, folder))
        _tell_services(split, variant, context, request)
    return variant


def _tell_services(
    split: Split, variant: str, context: Any, request: IBrowserRequest
) -> None:
    """Clicky has split tests; of Matomo it takes a custom dimension."""
    compared = [goal for goal in site_goals() if any(map(goal.is_called, split.goals))]
    goals = [int(goal.ids["clicky"]) for goal in compared if "clicky" in goal.ids]
    told: dict[str, Any] = {"name": split.name, "version": variant}
    said = {"clicky_split": {**told, "goal": goals} if goals else told}
    if split.dimension:
        dimensions = page_data(context, request).get("matomo_dimensions")
        others = dimensions if isinstance(dimensions, Mapping) else {}
        said["matomo_dimensions"] = {**others, str(split.dimension): variant}
    set_analytics(request, **said)
