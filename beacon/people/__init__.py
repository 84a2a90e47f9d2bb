"""The people we help, how they may be reached, and how they must not be."""
