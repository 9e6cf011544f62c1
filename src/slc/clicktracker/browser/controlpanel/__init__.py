"""The settings of a site, and how its collector and storage are."""
