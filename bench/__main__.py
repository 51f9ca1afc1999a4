"""`python -m bench NAME`: run one bench where script/bench has put us; the last line is its figures as JSON."""
import json
import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyijian.settings")
    django.setup()
    print(json.dumps(import_module(f"bench.bench_{sys.argv[1]}").run(), ensure_ascii=False))
