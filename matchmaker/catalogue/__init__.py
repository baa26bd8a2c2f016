"""The catalogue: people and entries found by words and codes, sorted, bookmarked."""
