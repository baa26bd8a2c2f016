"""Participants: who takes meetings, when they can, and what they let others see."""
