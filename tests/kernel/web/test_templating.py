"""The quicker calls of templates give what Jinja's own give."""

import pytest
from jinja2 import Environment, UndefinedError, pass_context, pass_environment
from jinja2.runtime import Context

from kernel.web.languages import one_reader
from kernel.web.templating import QuickContext


class Doubler:
    """A callable that is neither function nor macro."""

    def __call__(self, number, *, plus=0):
        return number * 2 + plus


@pass_context
def seen(context, name):
    return context.get(name, "nothing")


@pass_environment
def escapes(environment):
    return environment.autoescape


VALUES = {
    "double": Doubler(),
    "plain": lambda *args, **kwargs: f"{args}{kwargs}",
    "seen": seen,
    "escapes": escapes,
    "word": "<b>",
}
TEMPLATES = [
    "{% macro m(a, b='x') %}{{ a }}{{ b }}{{ caller() if caller }}{% endmacro %}{{ m(word) }}{{ m(1, b=2) }}",
    "{% macro m(a) %}<i>{{ a }}</i>{{ caller(a) }}{% endmacro %}{% call(x) m(word) %}{{ x }}{% endcall %}",
    "{% for n in [1, 2] %}{{ plain(n, k=n) }}{{ double(n, plus=1) }}{{ seen('n') }}{% endfor %}",
    "{% block b %}{% set local = 3 %}{{ seen('word') }}{{ plain(local) }}{{ escapes() }}{% endblock %}",
    "{% macro all() %}{{ varargs }}{{ kwargs }}{% endmacro %}{% for n in [1] %}{{ all(n, k=n) }}{% endfor %}",
    "{{ 'abc'.upper() }}{{ dict(a=1) }}{{ range(2)|list }}{{ cycler('a', 'b').next() }}",
]


def rendered(template, context_class):
    environment = Environment(autoescape=True)
    environment.context_class = context_class
    return environment.from_string(template).render(VALUES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_reads_as_with_jinjas_own_calls(template):
    assert rendered(template, QuickContext) == rendered(template, Context)


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ missing() }}", UndefinedError),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", TypeError),
        ("{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", TypeError),
    ],
)
def test_a_wrong_call_is_refused_as_by_jinja(template, error):
    for context_class in (QuickContext, Context):
        with pytest.raises(error):
            rendered(template, context_class)


def test_every_page_uses_them(app):
    assert app.jinja_env.context_class is QuickContext


@pytest.mark.parametrize(
    "template",
    [
        "<p title=\"{{ _('Close') }}\">{{ _('Sign out') }}</p>",
        "{% set word = _('Search') %}{{ word }} {{ [_('Close')]|join }}",
        "{{ _('Changed %(when)s', when=word) }}",
        "{% if word == _('Close') %}no{% else %}{{ _('Close')|upper }}{% endif %}",
        "{{ asset('app.css') }}",
    ],
)
def test_words_in_place_read_as_words_looked_up(app, template):
    for code in ("en", "fr", "ar"):
        with app.test_request_context(headers={"Accept-Language": code}), one_reader():
            looked_up = app.jinja_env.from_string(template).render(VALUES)
            in_place = app.jinja_env.in_language().from_string(template).render(VALUES)
        assert in_place == looked_up


def test_a_template_speaks_the_language_of_each_reader_in_turn(app):
    said = []
    for code in ("fr", "en", "ar", "fr"):
        with app.test_request_context(headers={"Accept-Language": code}), one_reader():
            said.append(app.jinja_env.in_language().from_string("{{ _('Close') }}").render())
    assert said[0] == said[3]
    assert len(set(said)) == 3


def test_a_percent_sign_stands_twice_in_a_phrase_and_once_on_the_page(app):
    with app.test_request_context(), one_reader():
        found = app.jinja_env.in_language().from_string("{{ _('100%% <b>') }}").render()
    assert found == "100% <b>"
