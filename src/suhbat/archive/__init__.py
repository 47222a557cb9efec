"""The public record as files: check a folder, load it, export it."""
