"""For people who have paper only: a numbered catalogue, wish sheets, and how they are typed in."""
