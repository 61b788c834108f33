"""The sets. Each module builds one: ``dress`` what stands there, ``light`` what light falls on it."""
