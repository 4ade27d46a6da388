"""Jinja, made quick: a template is compiled once for each language, with its words in place.

A page of this service says a few dozen translated phrases and calls a few hundred macros. Asking the
catalogue for a phrase that never changes, each time a page is drawn, is work that the compiler can do.
"""

from collections.abc import Callable, MutableMapping
from gettext import NullTranslations
from types import FunctionType
from typing import Any, cast

from flask import Flask, current_app
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

from kernel.web.languages import reader

_PHRASE = frozenset({"_", "gettext"})


class QuickContext(Context):
    """Calls macros and plain functions at once.

    Jinja asks every callable, at every call, which of its own things it wants to be given first. Of a
    macro the answer is known, and of a function without a mark as well; together they are nearly all a
    page calls. The rest is left to Jinja. Unlike Jinja's, a StopIteration from a function is an error.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something for a template, as Jinja's own method does."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


class HouseTemplate(Template):
    """A template whose macros are made once."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Jinja's `{% import %}`, which asks at each what names the importing page adds: ours add none."""
        return super()._get_default_module()


class HouseEnvironment(Environment):
    """Flask's environment; `in_language` gives the one that pages in a language are drawn with."""

    template_class = HouseTemplate
    _constants: dict[str, Callable[[str], str]]
    _by_locale: dict[str, "HouseEnvironment"]

    def prepare(self) -> None:
        """Set how templates are read and called; after the languages gave them their gettext."""
        self.trim_blocks = True
        self.lstrip_blocks = True
        self.context_class = QuickContext
        # Jinja's `_` looks gettext up in the context at every call.
        self.globals["_"] = self.globals["gettext"]
        self._constants = {}
        self._by_locale = {}

    def in_language(self) -> "HouseEnvironment":
        """The environment whose templates speak the language of the page or letter being written."""
        spoken = reader()
        found = self._by_locale.get(spoken.locale)
        if found is None:
            found = self.overlay(cache_size=-1)
            found._constants = dict.fromkeys(_PHRASE, _phrases(spoken.catalogue))
            found._constants["asset"] = cast("Callable[[str], str]", self.globals["asset"])
            self._by_locale[spoken.locale] = found
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Jinja's layer for what one template adds; ours add nothing, and a bare dict is read faster."""
        return super().make_globals(d) if d else self.globals

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        *rest: Any,
        **more: Any,
    ) -> str:
        """Jinja's hook between parsing a template and writing its Python."""
        return super()._generate(
            _Constants(self._constants).visit(source), name, filename, *rest, **more
        )


class _Constants(NodeTransformer):
    """Replaces calls with one constant text by what they return, which then is text of the template."""

    def __init__(self, known: dict[str, Callable[[str], str]]) -> None:
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name Jinja calls
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in self._known:
            return node
        if len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        [argument] = node.args
        if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
            return node
        return nodes.TemplateData(self._known[node.node.name](argument.value), lineno=node.lineno)


def _phrases(catalogue: NullTranslations) -> Callable[[str], str]:
    """A percent sign stands twice in a phrase, as in those with variables."""
    return lambda text: catalogue.gettext(text) % {}


def template(name: str) -> Template:
    """A template in the language of the page or letter being written."""
    environment: HouseEnvironment = current_app.jinja_env  # type: ignore[assignment]
    return environment.in_language().get_template(name)


def init_templating(app: Flask) -> None:
    """Prepare the application's templates; after the languages gave them their gettext."""
    environment: HouseEnvironment = app.jinja_env  # type: ignore[assignment]
    environment.prepare()
