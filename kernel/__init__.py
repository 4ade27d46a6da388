"""What every module stands on. The kernel imports no module."""
