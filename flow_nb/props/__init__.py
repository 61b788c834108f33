"""F1: the property department: materials, archetypes, sets, and their shapes as data and meshes."""
