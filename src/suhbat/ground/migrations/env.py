from alembic import context
from sqlalchemy import create_engine

from suhbat.ground.database import Base
from suhbat.ground.migrations import every_table

every_table()
engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
