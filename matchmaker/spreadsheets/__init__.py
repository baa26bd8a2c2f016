"""Spreadsheets in and out: XLSX and CSV, read carefully, written without formulas."""
