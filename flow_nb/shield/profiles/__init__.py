"""F4: what jurisdictions ask of generated pictures and sound, as data; labels that are seen and heard."""
