"""Annealing of times alone: meetings of two people each, of which only the slots are open.

Smaller and faster than the kernel of all rules: a person's day is a word or two of bits.
"""
