from contextlib import ExitStack

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from suhbat.ground.database import Base
from suhbat.ground.migrations import every_table

every_table()
with ExitStack() as opened:
    connection = context.config.attributes.get("connection")
    if connection is None:
        engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
        connection = opened.enter_context(engine.connect())
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()
