"""Where the migrations are, for whoever brings a schema up to date."""

from pathlib import Path

from alembic.config import Config

ROOT = Path(__file__).resolve().parents[2]


def migration_config(url: str) -> Config:
    """Alembic's configuration for a database; `url` names it under the role comitia_migrator."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config
