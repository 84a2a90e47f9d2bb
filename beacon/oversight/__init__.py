"""Looking at what was done: the log, unusual access, and accesses that must be cleared."""
