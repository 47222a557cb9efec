"""The tables' history (Alembic): a database of any age is brought to the present shape."""

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config

import suhbat
from suhbat.ground.database import Base


def every_table() -> None:
    """Import every room's tables, so that `Base.metadata` is whole."""
    for room in pkgutil.iter_modules(suhbat.__path__):
        folder = Path(next(iter(suhbat.__path__))) / room.name
        if (folder / "models.py").exists():
            importlib.import_module(f"suhbat.{room.name}.models")


def configuration(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def bring_up_to_date(url: str) -> None:
    """Create the tables or carry them to the present shape; does nothing where they are."""
    command.upgrade(configuration(url), "head")


__all__ = ["Base", "bring_up_to_date", "configuration", "every_table"]
