"""What is done about the operation."""
