"""F4: what may be shot: rules with context, names of real people, a studio's own words."""
