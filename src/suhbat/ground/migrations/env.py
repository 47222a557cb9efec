from contextlib import ExitStack

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from suhbat.ground.database import Base
from suhbat.ground.migrations import every_table
from suhbat.ground.postgres_timeouts import connecting

every_table()
with ExitStack() as opened:
    connection = context.config.attributes.get("connection")
    if connection is None:
        url = context.config.attributes["url"]
        # A migration may take long, so statements have no time limit; but a lost connection is noticed.
        arguments = connecting(url) if url.startswith("postgresql") else {}
        engine = create_engine(url, poolclass=NullPool, connect_args=arguments)
        connection = opened.enter_context(engine.connect())
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()
