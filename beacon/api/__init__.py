"""The door for other programs: referrals posted one at a time or in batches."""
