"""Two rows that are one person or organisation: found, compared, made one."""
