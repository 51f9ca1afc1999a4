"""Stand-ins for the outside world, for the demo and the tests: a process of its own with a store of its own.

It never speaks in a real institution's name, and every page says that it is a simulator.
"""
