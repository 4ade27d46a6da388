"""What a library item is, and what always holds for its versions."""
