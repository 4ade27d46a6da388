"""The API says what it takes, and nothing that can be sent breaks it."""

import contextlib
import io
import json

import marshmallow as ma
import pytest
import schemathesis
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.core import NOT_SET
from schemathesis.generation.modes import GenerationMode

from tests.contracts.examples import build
from tests.contracts.routes import is_api, routes


@pytest.fixture(scope="module")
def document(app):
    return app.extensions["comitia_api"].spec.to_dict()


def test_the_openapi_document_is_valid(document):
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["openapi"].startswith("3.1")


def test_the_validation_sees_a_mistake(document):
    broken = {**document, "paths": {"/x": {"get": {"responses": {"200": {}}}}}}
    assert list(OpenAPIV31SpecValidator(broken).iter_errors()) != []


def named_anew(schemas):
    """Schemas that had to be told from another of their name by a number."""
    return {name for name in schemas if name[-1].isdigit() and name.rstrip("0123456789") in schemas}


def test_each_schema_has_a_name_of_its_own(document):
    assert named_anew(document["components"]["schemas"]) == set()


def test_the_check_of_names_sees_two_schemas_of_one_name():
    plugin = MarshmallowPlugin()
    spec = APISpec("Two of a name", "1", "3.1.0", plugins=[plugin])
    plugin.converter.resolve_nested_schema(type("Twin", (ma.Schema,), {}))
    with pytest.warns(UserWarning, match="Multiple schemas"):
        plugin.converter.resolve_nested_schema(type("Twin", (ma.Schema,), {}))
    assert named_anew(spec.to_dict()["components"]["schemas"]) == {"Twin1"}


def test_every_operation_is_described(app, document):
    described = {
        (path.replace("{", "<").replace("}", ">"), method.upper())
        for path, operations in document["paths"].items()
        for method in operations
        if method != "parameters"
    }
    missing = {
        (rule.rule, method)
        for rule, method in routes(app)
        if is_api(rule)
        and rule.endpoint != "open_api"
        and (plain(rule.rule), method) not in described
    }
    assert missing == set()


def plain(rule):
    """The path with its parameters' converters taken off."""
    return "/".join(
        f"<{part[1:-1].rpartition(':')[2]}>" if part.startswith("<") else part
        for part in rule.split("/")
    )


@pytest.fixture(scope="module")
def fuzzed(app, make_tenant):
    """A network of its own: what is sent to it changes and deletes its objects."""
    return build(app, make_tenant(), items=1)


@pytest.fixture(scope="module")
def operations(document):
    return [result.ok() for result in schemathesis.openapi.from_dict(document).get_all_operations()]


def failures(fuzzed, operations, examples):
    """The requests that were answered by a failure of ours, as (operation, what was sent, status)."""
    found, reached = [], 0
    for operation in operations:
        names = [parameter.name for parameter in operation.path_parameters]
        path_parameters = {name: fuzzed.value(name) for name in names}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            cases = operation.as_strategy(mode, path_parameters=path_parameters or None)

            @settings(
                max_examples=examples,
                derandomize=True,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            @given(case=cases)
            def send(case):
                nonlocal reached
                status = request(fuzzed, case)
                reached += status < 400
                if status >= 500 or status == 429:  # held back for haste, it was not looked at
                    found.append((operation.label, case.query, case.body, status))  # noqa: B023

            with contextlib.suppress(Unsatisfiable, schemathesis.errors.SchemathesisError):
                send()  # an operation without input has nothing negative to send
    assert reached > len(operations) / 4, "hardly anything that was sent was accepted"
    return found


def request(fuzzed, case):
    """Send a case with a real token and the version every record begins with."""
    options = {"headers": {"Authorization": f"Bearer {fuzzed.token}", "If-Match": '"1"'}}
    if case.body is not NOT_SET:
        options |= body(case)
    return (
        fuzzed.app.test_client()
        .open(
            case.formatted_path,
            method=case.method,
            base_url=f"http://{fuzzed.tenant.host}",
            query_string=dict(case.query or {}),
            **options,
        )
        .status_code
    )


def body(case):
    """The body as its media type is sent: a form with files, or JSON."""
    if case.media_type == "application/json":
        text = json.dumps(case.body, default=repr)  # bytes are among what is sent to fail
        return {"data": text, "content_type": "application/json"}
    fields = case.body if isinstance(case.body, dict) else {"file": case.body}
    parts = {
        name: (io.BytesIO(value), "sent.csv") if isinstance(value, bytes) else str(value)
        for name, value in fields.items()
    }
    return {"data": parts, "content_type": "multipart/form-data"}


def test_nothing_that_is_sent_is_answered_by_a_failure_of_ours(fuzzed, operations):
    assert failures(fuzzed, operations, 3) == []


@pytest.mark.slow
def test_nothing_that_is_sent_at_length_is_answered_by_a_failure_of_ours(fuzzed, operations):
    assert failures(fuzzed, operations, 60) == []
