"""The members: organisations of the network, their directory, map, import and exports."""
