"""What people do: join, hand over, tell others about themselves, write to each other."""
