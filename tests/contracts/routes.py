"""The routes of the whole product, as the contracts walk them."""

from flask import Flask
from werkzeug.routing import Rule

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with each method it answers, but the ones Flask adds."""
    return sorted(
        (
            (rule, method)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        ),
        key=lambda route: (route[0].rule, route[0].endpoint, route[1]),
    )


def is_api(rule: Rule) -> bool:
    """Whether it is behind the second door."""
    return rule.rule.startswith("/api/")
