"""A made-up district: life-like households, the same for the same seed, and no real person in it.

Shares and amounts here are invented to look like a Beijing city district; they are neither law nor statistics. Only the
household sizes and the weight of each sub-district come from the census figures of the policy pack.
"""
