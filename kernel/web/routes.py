"""Routes that cannot forget their permission."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar
from uuid import UUID

from flask import Blueprint, Flask, Request, current_app, url_for
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import BadRequest

from kernel.identity.permissions import KernelPermission
from kernel.tenancy.modules import is_on, module_of

PUBLIC = "public"
"""Anybody, signed in or not."""
API_ROOT = "/api/v1"
SIGNED_IN: Final = KernelPermission.OWN
"""Anybody with an account; an API token only where it was made for what is one's own."""

View = TypeVar("View", bound=Callable[..., Any])


def declare(view: View, permission: str) -> View:
    """Write the permission on the view; `permission_of` reads it on every request."""
    view.permission = permission  # type: ignore[attr-defined]
    return view


def permission_of(app: Flask, endpoint: str) -> str | None:
    """What an endpoint asks for; None when nobody declared it, which opens to nobody."""
    return getattr(app.view_functions[endpoint], "permission", None)


def known_to(app: Flask, blueprint: str | None) -> str | None:
    """The permission without which nothing under this blueprint is known to exist."""
    return getattr(app.blueprints.get(blueprint or ""), "known_to", None)


def exists_here(blueprint: str | None) -> bool:
    """Whether the network at hand has switched on the module that a blueprint belongs to."""
    found = current_app.blueprints.get(blueprint or "")
    return found is None or is_on(module_of(found.import_name))


class Pages(Blueprint):
    """A feature's pages. Its templates lie in `templates/` beside it; `section` is the menu tab it is under.

    To people without the permission `known_to` its pages do not exist: 404 instead of 403.
    """

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        url_prefix: str = "",
        section: str | None = None,
        known_to: str | None = None,
    ) -> None:
        super().__init__(
            name, import_name, url_prefix=url_prefix or None, template_folder="templates"
        )
        self.section = section
        self.known_to = known_to

    def one_click(self, rule: str) -> Callable[[View], View]:
        """A page anybody may open who knows its secret address, and a POST to it from anywhere.

        Mail programs send it (RFC 8058): they have neither a session nor a page with its token.
        """

        def register(view: View) -> View:
            view.from_anywhere = True  # type: ignore[attr-defined]
            return self.form(rule, permission=PUBLIC)(view)

        return register

    def page(
        self, rule: str, *, permission: str, methods: Iterable[str] = ("GET",)
    ) -> Callable[[View], View]:
        """A page to look at."""

        def register(view: View) -> View:
            self.add_url_rule(rule, view_func=declare(view, permission), methods=list(methods))
            return view

        return register

    def form(self, rule: str, *, permission: str) -> Callable[[View], View]:
        """A page with a form that posts to itself."""
        return self.page(rule, permission=permission, methods=("GET", "POST"))

    def action(self, rule: str, *, permission: str) -> Callable[[View], View]:
        """A POST that changes something and redirects."""
        return self.page(rule, permission=permission, methods=("POST",))


class _Parser(FlaskParser):
    """Reads a form that is sent with files as a whole: OpenAPI knows one body, with all its fields."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body; nested too deeply to read, or with a number too long, it is no JSON either."""
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:
            raise BadRequest from error

    def load_files(self, req: Request, schema: Schema) -> Any:
        """The files, and what is sent beside them."""
        return self._makeproxy(CombinedMultiDict([req.files, req.form]), schema)


class Api(SmorestBlueprint):  # type: ignore[misc]
    """A feature's JSON API, mounted below /api/v1 and described in its OpenAPI document.

    To people without the permission `known_to` it does not exist: 404 instead of 403.
    """

    ARGUMENTS_PARSER = _Parser()

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        url_prefix: str,
        description: str,
        known_to: str | None = None,
    ) -> None:
        super().__init__(
            f"api_{name}",
            import_name,
            url_prefix=f"{API_ROOT}{url_prefix}",
            description=description,
        )
        self.known_to = known_to

    def endpoint(
        self, rule: str, *, permission: str, method: str = "GET"
    ) -> Callable[[View], View]:
        """One operation; put it above `arguments` and `response`."""

        def register(view: View) -> View:
            self.add_url_rule(rule, view_func=declare(view, permission), methods=[method])
            return view

        return register

    def arguments(
        self, schema: Schema | type[Schema], *, location: str = "json", **options: Any
    ) -> Callable[[View], View]:
        """What an operation takes; it is handed over as the first argument, loaded.

        `location="files"` is a multipart form: its files and its other fields.
        """
        if location == "files":
            options.setdefault("unknown", None)  # as the schema says: an unknown field is refused
        decorate: Callable[[View], View] = super().arguments(schema, location=location, **options)
        return decorate

    def response(
        self, status: int, schema: Schema | type[Schema] | None = None, **options: Any
    ) -> Callable[[View], View]:
        """What an operation answers when it succeeds."""
        decorate: Callable[[View], View] = super().response(status, schema, **options)
        return decorate


def addresses(endpoint: str, argument: str, **same: Any) -> Callable[[UUID], str]:
    """Addresses of many records of one kind, for long lists: the router is asked once, not per row.

    `same` are the arguments all of the addresses share.
    """
    stand_in = UUID(int=0)
    values: dict[str, Any] = {**same, argument: stand_in}
    before, after = url_for(endpoint, **values).split(str(stand_in))
    return lambda record_id: f"{before}{record_id}{after}"


def register(app: Flask, *blueprints: Pages | Api) -> None:
    """Mount a module's pages and APIs."""
    for blueprint in blueprints:
        if isinstance(blueprint, Api):
            app.extensions["comitia_api"].register_blueprint(blueprint)
        else:
            app.register_blueprint(blueprint)
