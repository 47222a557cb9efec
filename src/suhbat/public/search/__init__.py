"""Search over everything public: its index, its words, its queries."""
