"""The role and the permissions that the add-on brings into a site, by their titles."""

ROLE = "Tracking Manager"

MANAGE_TRACKING = "slc: Manage Tracking"
VIEW_READERS = "slc.clicktracker: View readers"
VIEW_VISITORS = "slc.clicktracker: View visitors"
DELEGATE_ROLE = "Sharing page: Delegate Tracking Manager role"

PERMISSIONS = (MANAGE_TRACKING, VIEW_READERS, VIEW_VISITORS, DELEGATE_ROLE)
