"""What people took part in, attested by the organiser, and the alumni record that follows from it."""
