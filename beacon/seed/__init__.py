"""A made-up county for demonstrations. Nothing imports it."""
