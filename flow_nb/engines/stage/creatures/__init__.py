"""F3: animals as puppets that walk on their own legs: breeds as data, modelling, coats, gaits, poses."""
