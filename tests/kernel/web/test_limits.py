"""Rate limits that hold across processes, rollbacks and attempts at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.db import db, scoped
from kernel.errors import TooMany
from kernel.values import clock
from kernel.web import limits
from kernel.web.limits import Limit, RateCounter

TWICE = Limit("probe", 2, timedelta(minutes=15))


def test_attempts_beyond_the_limit_are_refused_until_the_window_ends(inside):
    start = clock.now()
    with inside():
        with clock.frozen(start):
            limits.count(TWICE, "ama")
            limits.count(TWICE, "ama")
            with pytest.raises(TooMany) as refused:
                limits.count(TWICE, "ama")
            assert refused.value.retry_after == 15 * 60
            limits.count(TWICE, "ben")
        with clock.frozen(start + timedelta(minutes=15)):
            limits.count(TWICE, "ama")


def test_an_attempt_counts_although_its_request_is_rolled_back(inside):
    with inside():
        for _ in range(2):
            limits.count(TWICE, "ama")
            db.session.rollback()
        with pytest.raises(TooMany):
            limits.count(TWICE, "ama")


def test_many_attempts_at_once_do_not_get_past_the_limit(app, tenant):
    def attempt(_number):
        with app.app_context(), scoped(tenant.id):
            try:
                limits.count(TWICE, "ama")
            except TooMany:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(12))) == 2


def test_a_success_takes_its_own_attempt_back(inside):
    with inside():
        for _ in range(5):
            limits.count(TWICE, "ama")
            limits.forgive(TWICE, "ama")


def test_cleared_attempts_are_forgotten(inside):
    with inside():
        limits.count(TWICE, "ama")
        limits.count(TWICE, "ama")
        limits.clear(TWICE, "ama")
        limits.count(TWICE, "ama")


def test_networks_count_apart(inside, app, make_tenant):
    with inside():
        limits.count(TWICE, "ama")
        limits.count(TWICE, "ama")
    with app.app_context(), scoped(make_tenant().id):
        limits.count(TWICE, "ama")


def test_the_table_does_not_say_what_was_counted(inside):
    with inside():
        limits.count(TWICE, "ama@example.org")
        (row,) = db.session.scalars(select(RateCounter)).all()
        assert "ama" not in repr((row.id, row.hits, row.resets_at))


def test_counters_whose_window_is_over_are_swept(inside):
    with inside():
        limits.count(TWICE, "ama")
        assert limits.sweep() == 0
        with clock.frozen(clock.now() + timedelta(minutes=16)):
            assert limits.sweep() == 1
