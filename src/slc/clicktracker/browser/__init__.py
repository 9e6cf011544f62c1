"""What people and browsers see."""
