"""What can be set in a site: a schema for each group of the control panel."""
