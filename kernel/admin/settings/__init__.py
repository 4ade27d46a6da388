"""What a network's administrators decide for it: name, languages, time zone, colour, modules."""
