"""The store: tables, migrations, the engine and the durable writer. The database is the truth."""
