"""What is measured, by ``python -m benchmarks``."""
