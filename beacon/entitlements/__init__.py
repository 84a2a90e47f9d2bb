"""What the Victims' Code promises a victim, by when, and who must keep the promise."""
