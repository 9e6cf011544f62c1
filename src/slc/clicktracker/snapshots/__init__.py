"""What was known of documents at a moment: kept, so that it can be told later."""
