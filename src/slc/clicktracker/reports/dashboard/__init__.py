"""What is known of all tracked documents in a place, and of who should read them."""
