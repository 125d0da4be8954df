"""The whole package of a household: what it gets and could get, over all programmes, on two days."""
