"""The demonstration forum, made from a seed."""
