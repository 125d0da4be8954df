"""How a case walks: who takes which step, on what papers, until when, and what follows; and how an award is made up."""
