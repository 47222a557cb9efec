"""Migrations of the tables (Alembic): a database of any earlier version is brought to the present schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from suhbat.ground.database import Base
from suhbat.ground.packages import modules


def every_table() -> None:
    """Import the tables of every package, so that `Base.metadata` is complete."""
    for _module in modules("models"):
        pass


def configuration(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def bring_up_to_date(url: str) -> None:
    """Create the tables or migrate them to the present schema. Does nothing if they are up to date."""
    command.upgrade(configuration(url), "head")


def make_tables(connection: Connection) -> None:
    """Create the tables by all migrations, in the schema to which an open connection writes."""
    config = configuration("")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


__all__ = ["Base", "bring_up_to_date", "configuration", "every_table", "make_tables"]
