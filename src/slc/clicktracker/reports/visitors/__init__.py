"""Who is doing what on the site now, and what was done before."""
