"""The door for a web server and for the flask command."""

from beacon.app import create_app
from beacon.core import memory
from beacon.ops import start
from config import Config

with memory.that_stays():
    app = create_app(Config.from_environment())
if start.serves_pages():
    start.stop_where_foreign(app)
