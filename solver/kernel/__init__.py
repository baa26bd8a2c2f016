"""The compiled heart of the search: a problem and a schedule in the making, as plain arrays."""
