"""How gunicorn serves Beacon; it reads this by itself when it is started here."""

from gunicorn.http import wsgi

wsgi.SERVER = "Beacon"  # what serves is nobody's business (security.md H-10)
# Who stands before Beacon is said by BEACON_PROXIES alone: no header is believed here (E-06).
forwarded_allow_ips = ""
