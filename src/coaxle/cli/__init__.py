"""Words in, words out: one module a verb. Never lives here: a computation."""
