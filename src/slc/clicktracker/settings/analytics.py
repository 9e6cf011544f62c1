"""``IAnalyticsSettings``: what holds for all analytics services."""

from slc.clicktracker import _
from slc.clicktracker.visitors.entries import are_networks
from slc.clicktracker.visitors.fields import choice
from slc.clicktracker.visitors.fields import lines
from zope import schema
from zope.interface import Interface


class IAnalyticsSettings(Interface):
    """What holds for all services for web analytics that a site's pages feed.

    Nothing is sent before a service is configured. There are no secrets in here, as
    whoever may see the registry by REST sees them.
    """

    auto_identify = schema.Bool(
        title=_("Name members to the services"),
        description=_(
            "With each page that members open while logged in, the browser sends who they "
            "are to each service that is configured below. Guests are never named. Code "
            "of the site can name others for a page, or nobody."
        ),
        default=True,
        required=False,
    )

    identify_by = choice(
        title=_("What a member is named by"),
        description=_("This is what the services get to know, and keep."),
        options={
            "user_id": _("The user ID, which is often the login name."),
            "login": _("The login name, which is an e-mail address on some sites."),
            "full_name": _("The full name. Members who have none are not named."),
            "pseudonym": _(
                "A pseudonym: a random-looking text, always the same for a member and "
                "another one for each service. Only this site can tell who it is."
            ),
        },
    )

    internal_networks = lines(
        title=_("Internal addresses"),
        description=_(
            "Addresses or networks, one per line: 192.0.2.7, 192.0.2.0/24, "
            "2001:db8::/32. The services learn nothing of people who come from there."
        ),
        constraint=are_networks,
    )

    consent = choice(
        title=_("Consent"),
        description=_(
            "Whether a visitor has agreed is told by the consent banner of the site, as "
            "for the cookie of guests."
        ),
        options={
            "none": _("Visitors are not asked."),
            "cookies": _(
                "The services set no cookies before a visitor has agreed. They are told of "
                "page views all the same, and who the member is."
            ),
            "all": _(
                "Nothing is loaded from the services or sent to them before a visitor has "
                "agreed."
            ),
        },
    )

    respect_signals = schema.Bool(
        title=_("Respect “Do Not Track” and “Global Privacy Control”"),
        description=_(
            "Nothing is sent from browsers whose users have switched on one of them."
        ),
        default=False,
        required=False,
    )

    reset_after_logout = schema.Bool(
        title=_("Forget the member after the log-out"),
        description=_(
            "Services are told to take guests for somebody else than the member who was "
            "named before in the same browser."
        ),
        default=True,
        required=False,
    )

    noscript_image = schema.Bool(
        title=_("Count browsers without scripts"),
        description=_(
            "By an image that only they fetch. It is left out where a script has to look "
            "first whether the visitor is internal, has agreed or does not want to be "
            "tracked."
        ),
        default=True,
        required=False,
    )
