import sys
from importlib import import_module

COMMANDS = {"server": "server", "test": "checks", "manage": "management", "bench": "benches"}

if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    sys.exit(import_module(f"xinyijian.serve.{COMMANDS[command]}").main(arguments))
