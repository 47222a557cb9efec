"""The public record as files: checked, loaded, exported."""
