#!/usr/bin/env bash
# Makes a certificate authority and a certificate for each EventStoreDB node. Needs nothing but openssl.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: bash eventstore/certificates.sh [--renew] [--days N] [--into FOLDER] [--owner UID] [NODE …]

Makes what is missing, and never touches what is there:
  FOLDER/ca.key        the authority's key; nobody else needs it, keep it off the portal's machine if you can
  FOLDER/ca/ca.crt     the authority, which portals and nodes trust
  FOLDER/NODE/node.crt, FOLDER/NODE/node.key

NODE        host names, by default those of docker-compose.yml: eventstore eventstore-1 eventstore-2 eventstore-3
--renew     makes the nodes' certificates again, under the same authority; restart the nodes one by one afterwards
--days N    how long a node's certificate holds (default 730); the authority holds 10 years
--into      FOLDER, by default "certificates" beside this script
--owner UID who owns the nodes' keys when root runs this (default 1000, the user in EventStoreDB's image)
TEXT
}

renew=false days=730 owner=1000 folder="$(cd "$(dirname "$0")" && pwd)/certificates" nodes=()
while [ $# -gt 0 ]; do
  case $1 in
    --renew) renew=true ;;
    --days) days=${2:?--days needs a number}; shift ;;
    --into) folder=${2:?--into needs a folder}; shift ;;
    --owner) owner=${2:?--owner needs a user id}; shift ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) nodes+=("$1") ;;
  esac
  shift
done
[ ${#nodes[@]} -gt 0 ] || nodes=(eventstore eventstore-1 eventstore-2 eventstore-3)
for node in "${nodes[@]}"; do
  [[ $node =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ && $node != ca ]] || { echo "$node cannot be a node's name." >&2; exit 2; }
done

umask 077
mkdir -p "$folder/ca"
chmod 755 "$folder" "$folder/ca"
work=$(mktemp -d "$folder/.unfinished.XXXXXX")
trap 'rm -rf "$work"' EXIT

# What a program says is of interest only where it fails.
quietly() { "$@" 2>"$work/said" || { cat "$work/said" >&2; exit 1; }; }

# RSA, since the server reads no other kind.
new_key() { quietly openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$1"; }

authority() {
  new_key "$work/ca.key"
  openssl req -x509 -new -sha256 -key "$work/ca.key" -days 3650 -subj '/O=CountingKit/CN=CountingKit EventStoreDB CA' \
    -config <(printf '[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\n%s\n%s\n%s\n' \
      'basicConstraints=critical,CA:true,pathlen:0' 'keyUsage=critical,keyCertSign,cRLSign' 'subjectKeyIdentifier=hash') \
    -out "$work/ca.crt"
  chmod 644 "$work/ca.crt"
  mv "$work/ca.key" "$folder/ca.key"
  mv "$work/ca.crt" "$folder/ca/ca.crt"
}

# One common name for all: by it the nodes of a cluster know each other. They call each other, so each is client and server.
node() {
  local name=$1
  new_key "$work/node.key"
  openssl req -new -sha256 -key "$work/node.key" -subj '/CN=eventstoredb-node' -config <(printf '[req]\ndistinguished_name=dn\n[dn]\n') \
    -out "$work/node.csr"
  quietly openssl x509 -req -sha256 -in "$work/node.csr" -CA "$folder/ca/ca.crt" -CAkey "$folder/ca.key" -days "$days" \
    -set_serial "0x$(openssl rand -hex 16)" -out "$work/node.crt" \
    -extfile <(printf '%s\n' 'basicConstraints=critical,CA:false' 'keyUsage=critical,digitalSignature,keyEncipherment' \
      'extendedKeyUsage=serverAuth,clientAuth' 'subjectKeyIdentifier=hash' 'authorityKeyIdentifier=keyid' \
      "subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1")
  chmod 644 "$work/node.crt"
  if [ "$(id -u)" = 0 ]; then chown "$owner:$owner" "$work/node.key"; fi
  mkdir -p "$folder/$name"
  chmod 755 "$folder/$name"
  mv "$work/node.key" "$folder/$name/node.key"
  mv "$work/node.crt" "$folder/$name/node.crt"
}

tell() { echo "$1: valid until $(openssl x509 -in "$2" -noout -enddate | cut -d= -f2)"; }

if [ ! -e "$folder/ca/ca.crt" ] && [ ! -e "$folder/ca.key" ]; then authority; fi
[ -e "$folder/ca/ca.crt" ] || { echo "$folder/ca/ca.crt is missing, though ca.key is there." >&2; exit 1; }
tell 'authority' "$folder/ca/ca.crt"
for node in "${nodes[@]}"; do
  if $renew || [ ! -e "$folder/$node/node.crt" ] || [ ! -e "$folder/$node/node.key" ]; then
    [ -r "$folder/ca.key" ] || { echo "$folder/ca.key is needed to make a certificate for $node." >&2; exit 1; }
    node "$node"
  fi
  tell "$node" "$folder/$node/node.crt"
done
if [ "$(id -u)" != 0 ] && [ "$(id -u)" != "$owner" ]; then
  echo "The nodes' keys belong to you, but the nodes run as user $owner: sudo chown $owner:$owner $folder/*/node.key" >&2
fi
