"""As what people take part: buyers, exhibitors …, and what registration asks of each."""
