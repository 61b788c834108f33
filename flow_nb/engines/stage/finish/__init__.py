"""The lab: what a lens, a shutter and film do to a drawn frame."""
