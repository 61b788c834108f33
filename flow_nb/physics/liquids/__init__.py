"""What pours, spills and splashes: drops that meet the solver's bodies. ``make_liquids`` is the device."""
