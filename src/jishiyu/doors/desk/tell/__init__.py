"""What a person has to tell: the questions that items wait for, answered on screen, and everything computed again."""
