"""Partner agencies: what we send on to them, and what they may see of it."""
