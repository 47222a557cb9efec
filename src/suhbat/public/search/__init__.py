"""Search over all public facts: tokenizer, index and queries."""
