"""Of which type content is, as the catalog knows it."""

from plone import api
from slc.clicktracker.sites.content_types import content_types


def test_of_which_type_content_is(portal):
    with api.env.adopt_roles(["Manager"]):
        page = api.content.create(portal, "Document", "page")
    # The catalog is written to before it is asked.
    api.content.find(UID=page.UID())
    type_of = content_types()
    assert type_of(page.UID()) == "Document"
    assert (type_of(32 * "0"), type_of("")) == ("", "")
