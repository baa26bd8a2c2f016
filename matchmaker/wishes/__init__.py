"""Wishes: who wants to meet whom, how much, and the meetings that follow from them."""
