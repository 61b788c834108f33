"""What a film needs beyond free rigid bodies: one `Device` a module, each for one kind of thing."""
