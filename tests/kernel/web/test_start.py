"""Starting the application: under which role, and with what it does without."""

import pytest

import wsgi
from kernel.db.safety import UnsafeRole


@pytest.mark.parametrize("role", ["postgres", "comitia_migrator", "comitia_backup"])
def test_app_refuses_to_start_under_a_role_that_could_bypass_the_wall(app_config, server, role):
    url = server.url(role, "comitia")
    with pytest.raises(UnsafeRole, match="comitia_app"):
        wsgi.make_app(app_config | {"SQLALCHEMY_DATABASE_URI": url})


def test_app_starts_while_the_database_is_away(app_config, tmp_path):
    url = f"postgresql+psycopg://comitia_app@/comitia?host={tmp_path}"
    assert wsgi.make_app(app_config | {"SQLALCHEMY_DATABASE_URI": url})
