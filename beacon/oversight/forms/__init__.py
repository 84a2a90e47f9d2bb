"""The boxes of oversight."""
