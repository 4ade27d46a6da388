"""The demonstration says on every page that it is one; nobody else's pages do."""

import pytest

import wsgi
from tests.pages import Browser

MARK = "Demonstration: the people here and what they say are invented."


@pytest.mark.parametrize(("is_demo", "times"), [(True, 1), (False, 0)])
def test_pages_say_so_in_the_demonstration_alone(app_config, tenant, factory, is_demo, times):
    app = wsgi.make_app(app_config | {"DEMO": is_demo})
    for reader, path in ((None, "/sign-in"), (factory.actor(), "/"), (factory.actor(), "/no/page")):
        assert Browser.at(app, tenant.host, reader).get(path).text.count(MARK) == times, path
