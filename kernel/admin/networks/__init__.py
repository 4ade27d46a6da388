"""What the service's operators do with whole networks: create, list, suspend, resume, switch modules."""
