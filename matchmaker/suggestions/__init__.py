"""Suggestions: whom to meet and why, so that it is worth the time of both."""
