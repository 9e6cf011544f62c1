"""What readers are to reach, and what is tried with some of them; knows nothing of Plone."""
