"""What script/server, test, manage and bench do once .venv stands: servers, database roles, one supervisor over all processes."""
