"""Life after an award on the desk: re-checks, changes of circumstances, what is done to an award, appeals, and their letters."""
