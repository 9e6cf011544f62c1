"""What people declare about documents: who, when and why, never changed, only ended."""
