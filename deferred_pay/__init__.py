"""Treat first, pay later (先诊疗后付费): comes next on this engine. Nothing is built here yet, so it is not installed."""
