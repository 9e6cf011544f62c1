"""The screen of goals and split tests."""
