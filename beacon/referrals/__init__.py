"""Referrals: somebody is sent to us, by the police, by Report Fraud or by a partner."""
