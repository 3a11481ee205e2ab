# Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.
import base64, hashlib, hmac, os, time, urllib.error, urllib.request, uuid

api_key, secret_key = os.environ["API_KEY"], os.environ["SECRET_KEY"]
parameters = (
    '("@method" "@path" "@query")'
    f';created={int(time.time())};nonce="{uuid.uuid4()}";keyid="{api_key}";alg="hmac-sha256"'
)
base = "\n".join([
    '"@method": GET',
    '"@path": /orders',
    '"@query": ?page=2',
    f'"@signature-params": {parameters}',
])
signature = base64.b64encode(hmac.new(secret_key.encode(), base.encode(), "sha256").digest()).decode()

request = urllib.request.Request(
    os.environ["GATEWAY"] + '/orders?page=2',
    method='GET',
    headers={
        "Signature-Input": f"keygrant={parameters}",
        "Signature": f"keygrant=:{signature}:",
    },
)
try:
    with urllib.request.urlopen(request) as response:
        print(response.status, response.read().decode())
except urllib.error.HTTPError as refused:
    print(refused.code, refused.read().decode())
    raise SystemExit(1)
