"""What every page shares: guard, forms, look, headers, errors, logs."""
