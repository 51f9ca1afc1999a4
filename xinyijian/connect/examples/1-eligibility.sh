#!/bin/sh
# Does somebody enjoy the programme? Set XYJ_URL, XYJ_ID, XYJ_SECRET and XYJ_PSN_NO first.
set -eu
member() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

# A token lives half an hour: keep it, and fetch a new one when you get 401.
TOKEN=$(curl -sS --fail-with-body -u "$XYJ_ID:$XYJ_SECRET" -d grant_type=client_credentials "$XYJ_URL/api/v1/token/" | member access_token)

# By insurance number. 01103: what you ask it for, here admission.
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" "$XYJ_URL/api/v1/eligibility/?psn_no=$XYJ_PSN_NO&code_biz_type=01103"

# By the code on her phone; in the sandbox you can have one made. Numbers of certificates are posted like this, too, never put into an address.
CODE=$(curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
  -d "{\"psn_no\": \"$XYJ_PSN_NO\"}" "$XYJ_URL/api/v1/sandbox/codes/" | member code)
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
  -d "{\"code\": \"$CODE\", \"code_biz_type\": \"01101\"}" "$XYJ_URL/api/v1/eligibility/"
