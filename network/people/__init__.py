"""The people of the network: who they are, what they do at their organisation, who may see what of them."""
