"""Groups: who talks to whom. A topic is seen by those who may see its group."""
