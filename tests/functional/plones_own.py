"""What axe-core finds on a whole page that is Plone's own, and not ours to mend."""

#: A rule of axe-core, what of the page it is about, and why it is as it is.
PLONES_OWN = (
    ("aria-allowed-role", "#edit-bar", "a <nav> of the toolbar has another role"),
    ("aria-allowed-role", "#portal-globalnav-wrapper", "labels open submenus"),
    ("aria-prohibited-attr", ".toolbar-collapse", "a <div> has a label"),
    ("color-contrast", "#portal-breadcrumbs", "links on grey"),
    ("color-contrast", "#portal-footer-wrapper", "links on black"),
    ("color-contrast", "#portal-searchbox", "a button in the header"),
    (
        "landmark-unique",
        "#portal-globalnav-wrapper",
        "neither it nor pagers have names",
    ),
    ("link-name", "#edit-zone", "on phones the toolbar has icons alone"),
    ("link-name", ".select2-search-choice-close", "a widget of Plone's"),
    ("region", "#edit-zone", "the toolbar is in no landmark"),
)

#: Returns whether an element is within another one, both by their selectors.
_IS_WITHIN = """([element, whole]) => {
  const found = document.querySelector(element);
  return Boolean(found && found.closest(whole));
}"""


def is_plones_own(page, rule, node):
    """Is what a rule has found listed above?"""
    element = node["target"][-1]
    return any(
        page.evaluate(_IS_WITHIN, [element, whole])
        for name, whole, _why in PLONES_OWN
        if name == rule
    )
