"""The live check of the whole set-up: what contradicts, and what is missing."""
