"""The marks that stay in a picture and in a sound: a code, what carries it, and how it is found."""
