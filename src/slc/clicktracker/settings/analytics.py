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
            "When a logged-in member opens a page, the browser tells each service "
            "configured below who it is. Guests are never named. The site's code can "
            "name somebody else for a page, or nobody."
        ),
        default=True,
        required=False,
    )

    identify_by = choice(
        title=_("How members are named"),
        description=_("This is what the services learn and keep."),
        options={
            "user_id": _("The user ID, which is often the login name."),
            "login": _("The login name, which is an e-mail address on some sites."),
            "full_name": _("The full name. Members who have none are not named."),
            "pseudonym": _(
                "A pseudonym: a random-looking text, always the same for one member, "
                "but different for each service. Only this site knows who it is."
            ),
        },
    )

    internal_networks = lines(
        title=_("Internal addresses"),
        description=_(
            "Addresses or networks, one per line: 192.0.2.7, 192.0.2.0/24, "
            "2001:db8::/32. The services learn nothing about visitors from there."
        ),
        constraint=are_networks,
    )

    consent = choice(
        title=_("Consent"),
        description=_(
            "The site's consent banner says whether a visitor has agreed, as for the "
            "cookie for guests."
        ),
        options={
            "none": _("Visitors are not asked."),
            "cookies": _(
                "The services set no cookies until a visitor has agreed. They still "
                "learn about page views and who the member is."
            ),
            "all": _(
                "Nothing is loaded from the services or sent to them until a visitor "
                "has agreed."
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
        title=_("Forget members when they log out"),
        description=_(
            "If a member was named in a browser and then logs out, the services are "
            "told that the next guest is somebody else."
        ),
        default=True,
        required=False,
    )

    noscript_image = schema.Bool(
        title=_("Count browsers without scripts"),
        description=_(
            "With an image that only such browsers load. It is left out if a script "
            "has to check first whether the visitor is internal, has agreed, or does "
            "not want to be tracked."
        ),
        default=True,
        required=False,
    )
