"""Who goes on a mission: finding people, nominating and selecting them."""
