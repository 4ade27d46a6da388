"""How fast pages are, as ratios to a floor measured in the same run.

The floor of a page is the least one could do: bare Flask, psycopg and Jinja, the same statements with the
same parameters (session look-up and settings included), the same HTML. Ratios hold on any machine;
seconds do not.
"""
