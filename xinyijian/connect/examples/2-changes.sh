#!/bin/sh
# What happened to our cases? Set XYJ_URL, XYJ_ID and XYJ_SECRET first. Run it every few minutes; the file keeps the place.
set -eu
member() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]] or "")' "$1"; }
PLACE=${XYJ_PLACE:-changes.cursor}

TOKEN=$(curl -sS --fail-with-body -u "$XYJ_ID:$XYJ_SECRET" -d grant_type=client_credentials -d scope=changes:read "$XYJ_URL/api/v1/token/" | member access_token)
ANSWER=$(curl -sS --fail-with-body -G -H "Authorization: Bearer $TOKEN" \
  --data-urlencode "after=$(cat "$PLACE" 2>/dev/null || true)" "$XYJ_URL/api/v1/changes/")
echo "$ANSWER"
echo "$ANSWER" | member next_cursor > "$PLACE"
