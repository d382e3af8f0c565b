#!/bin/sh
# What the profiles single and cluster need in .env. Says all that is wrong at once, and never a value.
set -eu

wrong=0
say() { echo "$1 $2" >&2; wrong=1; }

# Passwords stand inside connection strings as they are: only letters and digits and . _ - mean themselves in both kinds.
password() { # name, value
  case $2 in
    '') say "$1" 'is missing: set it in .env, for example to the output of "openssl rand -hex 24".' ;;
    *[!A-Za-z0-9._-]*) say "$1" 'may have letters, digits and . _ - only.' ;;
    ????????????????*) ;;
    *) say "$1" 'must have at least 16 characters.' ;;
  esac
}

password EVENTSTORE_ADMIN_PASSWORD "${EVENTSTORE_ADMIN_PASSWORD:-}"
password EVENTSTORE_OPS_PASSWORD "${EVENTSTORE_OPS_PASSWORD:-}"
password POSTGRES_PASSWORD "${POSTGRES_PASSWORD:-}"
exit "$wrong"
