"""The library: what the network knows, in versions that stay as they were published."""
