"""Who acts. In: persons, animals and vehicles of a plan. Out: a device that moves them through the solver."""
