"""The front page, what an organiser sees first, and whether the service is well."""
