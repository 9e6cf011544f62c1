"""What readers are asked to acknowledge, and how they do it."""
