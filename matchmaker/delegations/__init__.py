"""A delegation's leader: who of its people is ready, and where each of them is."""
