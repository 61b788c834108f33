"""F3: what turns a plan and its motion into picture and sound."""
