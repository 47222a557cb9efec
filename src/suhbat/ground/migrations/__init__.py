"""The tables' history (Alembic): a database of any age is brought to the present shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from suhbat.ground.database import Base
from suhbat.ground.packages import modules


def every_table() -> None:
    """Import every room's tables, so that `Base.metadata` is whole."""
    for _module in modules("models"):
        pass


def configuration(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def bring_up_to_date(url: str) -> None:
    """Create the tables or carry them to the present shape; does nothing where they are."""
    command.upgrade(configuration(url), "head")


def make_tables(connection: Connection) -> None:
    """Create the tables, as all migrations together make them, where an open connection looks first."""
    config = configuration("")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


__all__ = ["Base", "bring_up_to_date", "configuration", "every_table", "make_tables"]
