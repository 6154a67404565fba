"""What hosts type about events."""
