"""F4, layer 5: keys, credentials, seal, verify."""
