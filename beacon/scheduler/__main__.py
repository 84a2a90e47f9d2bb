"""python -m beacon.scheduler: the second process beside the web server."""

from beacon.app import create_app
from beacon.core import memory
from beacon.scheduler.running import serve
from config import Config

if __name__ == "__main__":
    with memory.that_stays():
        app = create_app(Config.from_environment())
    serve(app)
