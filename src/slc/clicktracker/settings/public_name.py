"""``IPublicNameSettings``: what readers' pages call the add-on."""

from slc.clicktracker import _
from zope import schema
from zope.i18nmessageid import Message
from zope.interface import Interface
from zope.schema import ValidationError

import re


#: Parts of a name at which lists of content blockers take offence, whatever is around them.
OFFENSIVE = ("click", "track", "analytic", "beacon", "pixel")

LONGEST = 30

# There is one way to match it.
_WORD = re.compile("[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


class InvalidPublicName(ValidationError):
    """A name that can't stand in an address, or helps nobody there."""

    def doc(self) -> Message:
        return self.args[0]


def is_public_name(text: str) -> bool:
    """A constraint of the field: raises ``InvalidPublicName``. Nothing is a name, too: the
    usual one."""
    if not text:
        return True
    if len(text) > LONGEST or not _WORD.fullmatch(text):
        raise InvalidPublicName(
            _(
                "Enter one short word, such as “notes”: up to ${number} letters from A "
                "to Z, digits and single hyphens. It must begin with a letter.",
                mapping={"number": LONGEST},
            )
        )
    for part in OFFENSIVE:
        if part in text.lower():
            raise InvalidPublicName(
                _(
                    "Content blockers also take offence at “${part}”. Enter a word "
                    "without it.",
                    mapping={"part": part},
                )
            )
    return True


class IPublicNameSettings(Interface):
    """The word in the addresses that readers' pages ask for, and those before it."""

    public_name = schema.TextLine(
        title=_("Public name"),
        description=_(
            "A short word such as “notes”. Readers’ pages then use it instead of "
            "“clicktracker”, in addresses and in CSS classes. Empty means "
            "“clicktracker”. Addresses with an earlier name still work, so pages that "
            "are open now lose nothing."
        ),
        constraint=is_public_name,
        default="",
        missing_value="",
        required=False,
    )

    former_names = schema.Tuple(
        title=_("Earlier public names"),
        description=_("The latest first. They are kept automatically."),
        value_type=schema.TextLine(),
        default=(),
        missing_value=(),
        required=False,
    )
