"""Looking after networks: operators' commands, and the pages of network administrators."""
