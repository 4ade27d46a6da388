"""Each thing is seen, by each way to it, by those the table names and by nobody else."""

from tests.network.visibility.table import READERS, SEEN_BY, missing


def test_each_thing_is_seen_by_those_the_table_names_and_by_nobody_else(scene):
    wrong = [
        f"{reader} {'sees' if sees else 'does not see'} {' by '.join(cell)}"
        for reader in READERS
        for cell, readers in SEEN_BY.items()
        if (sees := scene.sees(scene.readers[reader], cell)) != (reader in readers)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_table_leaves_no_way_to_a_thing_out():
    assert missing() == []
