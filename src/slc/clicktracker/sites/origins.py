"""The pages on other hosts that may use the current site, as its CORS policy says."""

from plone.rest.interfaces import ICORSPolicy
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.tickets.origins import Origins
from zope.component import getUtility
from zope.component import queryMultiAdapter
from zope.globalrequest import getRequest


def allowed_origins() -> Origins:
    """Return what the directive ``plone:CORSPolicy`` says, none without one."""
    policy = queryMultiAdapter((getUtility(ISiteRoot), getRequest()), ICORSPolicy)
    if policy is None:
        return Origins()
    return Origins(tuple(policy.allow_origin), policy.allow_credentials)
