"""The district screened (全区筛查): begun, watched, and what it came to. For the leading group's office."""
