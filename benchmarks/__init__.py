"""What is measured: each module prints its figures when it is run alone."""
