"""Questions about privacy: what deletion does, what is due, what the log says."""
