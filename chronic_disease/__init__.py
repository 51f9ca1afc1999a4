"""Chronic and special outpatient diseases (门诊慢特病): comes after deferred pay. Nothing is built here yet, so it is not installed."""
