"""How the long evidence is gathered: numbered rules, guards taken out, code altered on purpose."""
