"""The import rules of the house, and that each of them sees what breaks it."""

from copy import deepcopy

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

from scripts.import_contracts import FeaturePrivacy

TYPES = {
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "feature_privacy": FeaturePrivacy,
}

# The imports are planted in features that do not exist yet: the contracts cover what is to come.
FILES = (
    "models",
    "rules",
    "access",
    "queries",
    "service",
    "schemas",
    "pages",
    "api",
    "jobs",
    "answers",
)
PLANTED = [f"missions.planted.{file}" for file in FILES] + [
    f"missions.other.{file}" for file in FILES
]

BREACHES = [
    ("Modules never import each other", "training.permissions", "missions.permissions"),
    ("Modules never import each other", "missions.planted.service", "training.permissions"),
    ("The kernel imports no module", "kernel.web.render", "missions.permissions"),
    ("The kernel is layered", "kernel.db.base", "kernel.identity.models"),
    ("The kernel is layered", "kernel.audit.service", "kernel.web.forms"),
    ("The kernel is layered", "kernel.values.money", "kernel.db.types"),
    ("The kernel is layered", "kernel.web.render", "kernel.admin.networks.service"),
    ("Inside a feature imports point down", "missions.planted.service", "missions.planted.pages"),
    ("Inside a feature imports point down", "missions.planted.queries", "missions.planted.service"),
    ("Inside a feature imports point down", "missions.planted.rules", "missions.planted.access"),
    ("Inside a feature imports point down", "missions.planted.access", "missions.planted.queries"),
    ("Inside a feature imports point down", "missions.planted.pages", "missions.planted.api"),
    ("Rules know neither Flask nor SQLAlchemy", "missions.planted.rules", "sqlalchemy"),
    ("Rules know neither Flask nor SQLAlchemy", "missions.planted.rules", "flask"),
    ("Rules know neither Flask nor SQLAlchemy", "missions.planted.rules", "kernel.db.base"),
    ("Models, queries and services know no HTTP", "missions.planted.service", "flask"),
    ("Models, queries and services know no HTTP", "missions.planted.queries", "werkzeug"),
    ("Models, queries and services know no HTTP", "missions.planted.models", "kernel.web.forms"),
    ("Pages and APIs never touch models", "missions.planted.pages", "missions.planted.models"),
    ("Pages and APIs never touch models", "missions.planted.api", "missions.other.models"),
    ("Pages and APIs never touch models", "missions.planted.pages", "sqlalchemy"),
    (
        "Across features only queries and service are public",
        "missions.planted.service",
        "missions.other.rules",
    ),
    (
        "Across features only queries and service are public",
        "missions.planted.queries",
        "missions.other.models",
    ),
]


@pytest.fixture(scope="module")
def options(root):
    return read_configuration(str(root / "pyproject.toml"))


@pytest.fixture(scope="module")
def graph(options):
    return grimp.build_graph(
        *options["session_options"]["root_packages"],
        include_external_packages=True,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )


@pytest.fixture(scope="module")
def with_new_features(graph):
    """The house with two features more, empty but for their files."""
    grown = deepcopy(graph)
    for module in (
        "missions.planted",
        "missions.other",
        *PLANTED,
    ):
        grown.add_module(module)
    return grown


@pytest.fixture
def kept(options):
    def check(graph, name):
        found = next(c for c in options["contracts_options"] if c["name"] == name)
        contract = TYPES[found["type"]](name, options["session_options"], found)
        return contract.check(deepcopy(graph), verbose=False).kept

    return check


def names(root):
    return [
        c["name"] for c in read_configuration(str(root / "pyproject.toml"))["contracts_options"]
    ]


def test_the_house_keeps_every_import_contract(graph, kept, root):
    assert [name for name in names(root) if not kept(graph, name)] == []


@pytest.mark.parametrize(("contract", "importer", "imported"), BREACHES)
def test_the_contract_sees_the_breach(with_new_features, kept, contract, importer, imported):
    assert kept(with_new_features, contract)
    broken = deepcopy(with_new_features)
    broken.add_import(
        importer=importer, imported=imported, line_number=1, line_contents=f"import {imported}"
    )
    assert not kept(broken, contract)


def test_every_contract_has_been_seen_to_fail(root):
    assert {contract for contract, *_ in BREACHES} == set(names(root))


def test_only_the_composition_root_is_imported_by_nobody_else(root):
    """wsgi sees everything; whoever imported it would see everything too."""
    importers = [
        path.relative_to(root)
        for package in ("kernel", "network", "missions", "training")
        for path in (root / package).rglob("*.py")
        if "import wsgi" in path.read_text(encoding="utf-8")
    ]
    assert importers == []
