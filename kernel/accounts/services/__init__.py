"""What can be done with accounts: verbs, called by pages and API alike."""
