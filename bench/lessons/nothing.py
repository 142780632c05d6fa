"""An empty program: what Python's start and end take."""
