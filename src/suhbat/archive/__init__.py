"""The public record as files: check a folder of them, load it, write it out again."""
