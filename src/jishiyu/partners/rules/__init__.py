"""What can be decided by thinking alone: how messages are read and said, signed and checked, and where answers may be sent."""
