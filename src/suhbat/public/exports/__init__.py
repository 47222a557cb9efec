"""The public record for other programs: tables, CSV, IATI, Parquet and OpenAPI."""
