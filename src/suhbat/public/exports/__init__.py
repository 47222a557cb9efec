"""The public facts for other programs: tables, CSV, IATI, Parquet and OpenAPI."""
