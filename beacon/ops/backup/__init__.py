"""Backups: a sealed copy of the database, proved before it is trusted, put back whole or not."""
