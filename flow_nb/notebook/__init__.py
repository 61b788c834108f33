"""F8: the notebook room: cells, magics, the durable output, the wire to the page."""
