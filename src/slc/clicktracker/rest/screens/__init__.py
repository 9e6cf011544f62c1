"""What screens of other frontends say and ask about content: asked of Plone's own screens."""
