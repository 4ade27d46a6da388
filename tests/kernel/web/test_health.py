"""Health checks and figures, under any host name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import wsgi

ROOT = Path(__file__).parents[3]
STRANGER = "http://no-such-network.example.org"


@pytest.fixture
def away(app_config, tmp_path):
    """The product on a database that does not answer."""
    url = f"postgresql+psycopg://comitia_app@/comitia?host={tmp_path}"
    return wsgi.make_app(app_config | {"SQLALCHEMY_DATABASE_URI": url}).test_client()


def test_health_checks_answer_under_any_host_name(app):
    client = app.test_client()
    assert client.get("/healthz", base_url=STRANGER).status_code == 200
    assert client.get("/readyz", base_url=STRANGER).status_code == 200


def test_a_process_without_its_database_lives_and_is_not_ready(away):
    assert away.get("/healthz").status_code == 200
    answer = away.get("/readyz")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_figures_are_shown_to_the_token_alone(app_config):
    client = wsgi.make_app(app_config | {"METRICS_TOKEN": "shown-to-prometheus"}).test_client()
    client.get("/healthz")
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}):
        assert client.get("/metrics", headers=headers).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": "Bearer shown-to-prometheus"})
    assert answer.status_code == 200
    assert (
        'comitia_request_seconds_count{method="GET",route="/healthz",status="200"}' in answer.text
    )


def test_there_are_no_figures_without_a_configured_token(app):
    headers = {"Authorization": "Bearer "}
    assert app.test_client().get("/metrics", headers=headers).status_code == 404


def test_figures_of_several_processes_are_added_up(tmp_path):
    program = (
        "from kernel.web.health import REQUESTS\n"
        "REQUESTS.labels('GET', '/', 200).observe(0.1)\n"
        "from prometheus_client import CollectorRegistry, generate_latest\n"
        "from prometheus_client.multiprocess import MultiProcessCollector\n"
        "registry = CollectorRegistry(); MultiProcessCollector(registry)\n"
        "print(generate_latest(registry).decode())\n"
    )
    for _ in range(2):
        said = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert 'comitia_request_seconds_count{method="GET",route="/",status="200"} 2.0' in said
