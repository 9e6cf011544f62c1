"""Services for web analytics: what a page carries for each of them."""
