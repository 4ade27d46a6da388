"""Topics: what is asked and told in a group, post by post."""
