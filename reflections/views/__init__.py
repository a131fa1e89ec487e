"""Pages of the journal, the review desk and the outcomes."""
