"""What is done about privacy: orders of one's data, deletion, what time does, what must stay."""
