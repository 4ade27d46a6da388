"""Writing: what stands beside the text box of a post, before it is one."""
