"""What screens and services say, in sentences: a module for each screen."""
