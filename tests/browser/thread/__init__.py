"""The steps of the thread through the product, each as the people in it walk it."""
