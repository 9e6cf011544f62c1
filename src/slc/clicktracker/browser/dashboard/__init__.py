"""How far the audiences of a folder are."""
