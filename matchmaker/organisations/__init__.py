"""Organisations that participants come from, and delegations that look after them."""
