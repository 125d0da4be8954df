"""Trying a change of policy before it is made."""
