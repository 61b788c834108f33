"""F4: picture and sound in and out of files."""
