"""What binds us: instruments, the policy pack, dated parameters."""
