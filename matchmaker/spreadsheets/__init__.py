"""Spreadsheets read without trusting them, and written so that nothing in them comes alive.

What a stranger's file can do to us it does in a child process with hard limits (``sandbox``,
``child``). The child imports only ``table``, ``kinds``, ``archive``, ``workbook``, ``decoding``,
``delimited`` and ``formulas``; those know nothing of Flask.
"""
