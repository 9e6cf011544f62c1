"""The part of the control panel's form about what readers' pages call the add-on."""

from plone.resource.utils import queryResourceDirectory
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.interfaces import IPublicNameSettings
from slc.clicktracker.settings.public_name import InvalidPublicName
from slc.clicktracker.sites.public_name import DOORS
from z3c.form import field
from z3c.form import validator
from zope.component.hooks import getSite
from zope.interface import Interface
from zope.schema.interfaces import ITextLine


class PublicNameGroup(SettingsGroup):
    __name__ = "names"
    label = _("Content blockers")
    description = _(
        "Some content blockers stop every address that contains “click” or “track”. "
        "Reads by people who use one are then missing."
    )
    is_folded = True
    schema = IPublicNameSettings
    fields = field.Fields(schema).select("public_name")


class PublicNameValidator(validator.SimpleFieldValidator):
    """That something else has the name is told at the field. One that is saved stays, so
    that all else can be saved."""

    def validate(self, value: str | None, force: bool = False) -> None:
        super().validate(value, force)
        if value and value != self.context.public_name and is_taken(value, getSite()):
            raise InvalidPublicName(
                _(
                    "Something else in this site has the address “${name}”. Enter "
                    "another word.",
                    mapping={"name": value},
                )
            )


# Not for the field itself: that would mark it, and the registry would not keep it.
validator.WidgetValidatorDiscriminators(
    PublicNameValidator, view=PublicNameGroup, field=ITextLine
)


def is_taken(word: str, site: PloneSite) -> bool:
    """Has content, a view or a resource the name, or one that is made of it? No address of
    theirs would lead to us, but nobody could tell which is whose."""
    names = {word, *(f"{word}-{door}" for door in DOORS)}
    return (
        any(getattr(site, name, None) is not None for name in names)
        or queryResourceDirectory("plone", word) is not None
        # For whatever content a view is, and for whatever layer.
        or any(
            name in names and provided is Interface
            for registry in site.getSiteManager().adapters.ro
            for _required, provided, name, _factory in registry.allRegistrations()
        )
    )
