"""The open interface as the Digital Convergence Initiative writes it: Social Registry 1.0.0, and the enrolment pair of the IBR."""
