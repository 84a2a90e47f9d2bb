"""Risk: DASH and MARAC, safeguarding, modern slavery, and the ASB Case Review (domain.md 3)."""
