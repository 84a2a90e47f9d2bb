"""A stand-in for the provider, and an app that texts through it."""

from tests.provider.fixtures import here, stand_in, twilio

__all__ = ["here", "stand_in", "twilio"]
