"""Schedules: runs of the solver, versions, the board, and publishing."""
