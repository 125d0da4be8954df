"""Cases on the desk: the list, one case with its step to take, application, home visit, decision, decision letter."""
