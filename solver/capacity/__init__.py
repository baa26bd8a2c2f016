"""Capacity, before the event: how many tables and slots are needed, and what more would give."""

from solver.capacity.analysis import (
    PARTS,
    REACH,
    analyse,
    capacity_curves,
    fewest_slots,
    fewest_tables,
)
from solver.capacity.findings import Bottleneck, Capacity, Curve, Fewest, Overload, Point
from solver.capacity.impossible import overloads, unplaceable

__all__ = [
    "PARTS",
    "REACH",
    "Bottleneck",
    "Capacity",
    "Curve",
    "Fewest",
    "Overload",
    "Point",
    "analyse",
    "capacity_curves",
    "fewest_slots",
    "fewest_tables",
    "overloads",
    "unplaceable",
]
