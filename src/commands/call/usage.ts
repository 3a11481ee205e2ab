/** What `keygrant call --help` prints. */
export const usage = `keygrant call METHOD TARGET --key FILE|API_KEY [options]
  signs a call with a key pair and sends it through the gateway

  TARGET                      path and query, such as /orders?page=2, or the whole URL with the gateway's address
  --key FILE                  the pair: two lines (API Key, Secret Key), JSON {"apiKey", "secretKey"}, API_KEY= and
                              SECRET_KEY= lines, or the mail as you saved it
  --key API_KEY               then the secret comes from KEYGRANT_SECRET_KEY, or is asked for, without echo. It is never an
                              argument: those are seen in ps and kept by shells. Default: KEYGRANT_API_KEY
  -d, --data TEXT|@FILE|-     the body: as it stands, a file's bytes, or standard input's
  -H, --header 'NAME: VALUE'  one more header; with a body, Content-Type is application/json unless you say otherwise
  --scheme message|dgrk       HTTP Message Signatures (RFC 9421), the default, or digiRunner's scheme
  --gateway URL               where the gateway is; default: KEYGRANT_GATEWAY, else that of the running \`npm start\`
  -v, --verbose               print the request, what is signed (never the secret) and the answer's head

The answer's body goes to standard output, all else to standard error. Redirects are not followed.

Exit code  0  the call passed, and the API answered 2xx
           1  the call passed, and the API answered something else
           2  nothing was sent: the command is not complete, or not right
           3  Keygrant refused the call; why, and what to do, is said
           4  no answer of the API: the gateway or the API was not reached, or broke off

  keygrant call GET '/orders?page=2' --key ./orders.key
  keygrant call POST /orders --key ./orders.key --data '{"item": 7}' -v
  keygrant call PUT /orders/7 --key ./orders.key --data @order.json --scheme dgrk --gateway https://api.example.com`;
