"""F4: files of picture and sound: decode, encode, mux, still."""
