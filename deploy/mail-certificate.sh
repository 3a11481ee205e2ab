#!/bin/sh
# Makes the certificate that Mailpit shows and that API and worker trust, in /certificates; leaves a good one alone.
set -eu

folder=${1:-/certificates}
umask 022
if openssl x509 -in "$folder/certificate.pem" -noout -checkend 2592000 >/dev/null 2>&1; then
  echo 'The certificate is good for another 30 days.'
  exit 0
fi
# CA:FALSE: who trusts it trusts these names, and nobody can make certificates for others with its key.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 730 \
  -keyout "$folder/key.pem.new" -out "$folder/certificate.pem.new" -config /dev/stdin <<END
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = mailpit
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:mailpit, DNS:localhost
END
# Mailpit runs as another user, and the key protects nothing but Mailpit.
chmod 644 "$folder/key.pem.new"
mv "$folder/key.pem.new" "$folder/key.pem"
mv "$folder/certificate.pem.new" "$folder/certificate.pem"
echo 'The certificate is made.'
