"""F4: what proves where a clip comes from: keys, credentials, seal, verify."""
