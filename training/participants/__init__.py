"""Who was registered for a workshop, and the minutes each attended."""
