"""From 0.4 (profile version 1) to 1.0."""

from AccessControl import Permission
from plone import api
from Products.CMFPlone.Portal import PloneSite
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker import logger
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.setuphandlers import after_install
from slc.clicktracker.setuphandlers.markers import all_content
from slc.clicktracker.sites.setup import set_up_site_storage
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of


PROFILE = "profile-slc.clicktracker:default"

_PERMISSION = Permission.pname(MANAGE_TRACKING)

OLD_STORAGE = ("slc.clicktracker.storage", "PostgresqlStorage")

#: What is new or different since 0.4; imported steps keep what an
#: administrator has set.
STEPS = (
    "browserlayer",
    "plone.app.registry",
    "rolemap",
    "sharing",
    "actions",
    "controlpanel",
    "viewlets",
)


def upgrade(tool: SetupTool) -> None:
    """Bring a site of 0.4 up to date. The stored DSN and the markers stay."""
    portal = api.portal.get()
    remove_persistent_steps(tool)
    remove_persistent_storage(portal)
    remove_old_action(portal)
    kept = portal.__dict__.get(_PERMISSION)
    for step in STEPS:
        tool.runImportStepFromProfile(PROFILE, step, run_dependencies=False)
    if kept is not None:
        # An administrator has said who may: that stays.
        setattr(portal, _PERMISSION, kept)
    after_install(tool)
    count = index_markers(portal)
    logger.info("Upgraded from 0.4: %d tracked items were indexed.", count)
    bring_tables_up_to_date()


def remove_persistent_steps(tool: SetupTool) -> None:
    """0.4 registered its database set-up for good, with code that is gone."""
    registry = tool.getImportStepRegistry()
    for step in tuple(registry.listSteps()):
        handler = registry.getStepMetadata(step, {}).get("handler") or ""
        if str(handler).startswith("slc.clicktracker."):
            registry.unregisterStep(step)
            logger.info("Removed the import step %s of 0.4", step)
    tool._p_changed = True


def remove_persistent_storage(portal: PloneSite) -> None:
    """Early releases put their storage into the site itself; its class is gone."""
    components = portal.getSiteManager()
    for registration in tuple(components.registeredUtilities()):
        kind = type(registration.component)
        if (kind.__module__, kind.__name__) == OLD_STORAGE:
            components.unregisterUtility(provided=IClickStorage, name=registration.name)
            logger.info("Removed the storage that an early release left in the site")


def remove_old_action(portal: PloneSite) -> None:
    """The action of 0.4 has an id that others use too: its address decides."""
    actions = portal.portal_actions.object
    action = actions.get("toggle_outdated")
    if action is not None and action.url_expr.endswith("/@@tracking"):
        actions.manage_delObjects(["toggle_outdated"])


def bring_tables_up_to_date() -> None:
    """Reads wait where that can't be done now."""
    try:
        set_up_site_storage()
    except StorageError as error:
        logger.warning(
            "The tables were not brought up to date, reads wait until they are: %s "
            "Press 'Set up database' in Site Setup, ClickTracker Settings.",
            error,
        )


def index_markers(portal: PloneSite) -> int:
    """0.4 marked content without telling the catalog."""
    marked = [
        content
        for content in all_content(portal)
        if choice_of(content) is not Choice.INHERIT
    ]
    for content in marked:
        content.reindexObject(idxs=["object_provides"])
    return len(marked)
