"""Who is who across shots: how a voice sounds, how a hero looks."""
