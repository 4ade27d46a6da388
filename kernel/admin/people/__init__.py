"""The people of the whole network and the roles they hold."""
