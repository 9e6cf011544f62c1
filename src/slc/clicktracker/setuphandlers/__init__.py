"""What the profiles do that XML can't say."""

from plone import api
from plone.base.interfaces.installable import INonInstallable
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker import logger
from slc.clicktracker.declarations.declarations import prepare_declarations
from slc.clicktracker.mails.link_keys import remove_link_keys
from slc.clicktracker.seals.places import make_places_for_seals
from slc.clicktracker.setuphandlers.markers import remove_all_markers
from slc.clicktracker.setuphandlers.roles import remove_role
from slc.clicktracker.sites.setup import set_up_site_storage
from slc.clicktracker.sites.site_record import remove_records
from slc.clicktracker.snapshots.places import make_places_for_snapshots
from slc.clicktracker.tracking_lifecycle import install_modifier
from slc.clicktracker.tracking_lifecycle import uninstall_modifier
from zope.interface import implementer


@implementer(INonInstallable)
class HiddenProfiles:
    """Keeps profiles that are no add-ons of their own out of the add-ons screen."""

    def getNonInstallableProfiles(self) -> list[str]:
        return ["slc.clicktracker:dbsetup", "slc.clicktracker:uninstall"]


def after_install(tool: SetupTool) -> None:
    """Let a version that is brought back keep the tracking of the live item, and make
    the places for what people declare, for snapshots and for seals."""
    install_modifier(api.portal.get())
    prepare_declarations()
    make_places_for_snapshots()
    make_places_for_seals()


def set_up_database(tool: SetupTool) -> None:
    """Create or update what the site's storage needs, and adopt readings of 0.4.

    Raises ``StorageError`` with what to do when the database can't be reached.
    """
    set_up_site_storage()


def before_uninstall(tool: SetupTool) -> None:
    """Remove what the other steps of the uninstall profile can't.

    The markers go, as content that carries a marker of a package that is gone
    can't be loaded any more. Audiences, declarations, bans and subscriptions go too; readings
    are kept.
    """
    portal = api.portal.get()
    count = remove_all_markers(portal)
    uninstall_modifier(portal)
    remove_records(portal)
    remove_link_keys(portal)
    remove_role(portal)
    logger.info(
        "Uninstalled: %d items are not marked any more. The recorded readings "
        "were kept; remove them in the database or delete the SQLite file.",
        count,
    )
