"""My reading list: the page, and the portlet with the first of it."""
