"""The budgets of DESIGN §9 as a table. `make bench`, or `make bench SIZE=full`."""
