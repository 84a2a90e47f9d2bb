"""The door for a web server and for the flask command."""

from beacon.app import create_app
from config import Config

app = create_app(Config.from_environment())
