"""Courts, defendants and hearings: who must be where and when, and who is reminded."""
