"""Cases: one victim, one crime or anti-social behaviour matter, one plan."""
