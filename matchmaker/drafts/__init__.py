"""A schedule changed by hand: a draft, the log of its changes, and its board."""
