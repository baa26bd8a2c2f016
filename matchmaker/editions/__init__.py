"""A new event from a template, or from the set-up of an earlier edition."""
