"""Agendas: the published schedule seen by one person, one table, on paper, phone and calendar."""
