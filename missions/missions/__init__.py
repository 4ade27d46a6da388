"""The mission itself: invitation, assessment, state, polling day and phases."""
