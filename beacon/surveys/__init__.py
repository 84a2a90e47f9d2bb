"""What victims say of the service: asked safely, counted in a box, joined to nobody."""
