"""Spreadsheets in: read, previewed row by row, then taken over whole or not at all."""
