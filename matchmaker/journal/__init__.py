"""Who changed what and when: ids and names of columns, never personal values."""
