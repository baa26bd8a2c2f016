"""A file of meetings that becomes a draft: read, compared, judged by the rules, taken in."""
