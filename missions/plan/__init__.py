"""The work plan of a mission: tasks around polling day, and moving that day."""
