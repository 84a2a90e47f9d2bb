"""Staff: who they are, what they may do, and the sessions they are signed in by."""
