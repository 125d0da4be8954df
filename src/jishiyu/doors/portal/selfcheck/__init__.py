"""The public's self-check: what somebody could ask for, by what they tell here. Nothing of it is kept."""
