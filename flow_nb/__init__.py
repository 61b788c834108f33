"""flow_nb: a Jupyter notebook that is a film studio."""

__version__ = "0.1.0"
