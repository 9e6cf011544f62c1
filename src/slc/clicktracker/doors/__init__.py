"""Where pages get their tickets, and where beacons, downloads and notes come in."""
