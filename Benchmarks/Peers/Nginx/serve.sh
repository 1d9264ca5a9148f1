#!/usr/bin/env bash
# nginx with a fixed answer, as the yardstick of what a request costs a server that computes nothing.
#
#   serve.sh serve --port P --workers N --json [--address A]
set -euo pipefail

fail() {
  echo "nginx: $1" >&2
  exit "${2:-64}"
}

port='' workers='' address=127.0.0.1
[ "${1:-}" = serve ] || fail 'expected serve --workers N --port P'
shift
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=$2 && shift 2 ;;
    --workers) workers=$2 && shift 2 ;;
    --address) address=$2 && shift 2 ;;
    --json) shift ;;
    *) fail "unexpected argument: $1" ;;
  esac
done
[[ $workers =~ ^[0-9]+$ && $port =~ ^[0-9]+$ && $address =~ ^[0-9.]+$ ]] || fail 'expected serve --workers N --port P'

# Whether something listens on a port.
listens() { (: <>"/dev/tcp/$address/$1") 2>/dev/null; }

folder=$(mktemp -d)
server=''
trap 'rm -rf "$folder"' EXIT
trap '[ -z "$server" ] || kill -QUIT "$server" 2>/dev/null || true' TERM INT

# nginx cannot let the system choose a port: it gets one on which nothing listens.
try() {
  local chosen=$port
  [ "$port" != 0 ] || chosen=$((20000 + RANDOM % 30000))
  ! listens "$chosen" || return 1
  cat >"$folder/nginx.conf" <<CONFIGURATION
worker_processes $workers;
daemon off;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 16384; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  server {
    listen $address:$chosen backlog=4096;
    location = / {
      default_type text/plain;
      add_header X-Worker 0/\$pid;
      return 200 "ok\n";
    }
    location = /healthcheck { return 200 "ok\n"; }
    location / { return 404; }
  }
}
CONFIGURATION
  nginx -p "$folder" -c "$folder/nginx.conf" 2>/dev/null &
  server=$!
  while kill -0 "$server" 2>/dev/null; do
    if listens "$chosen"; then
      echo '{"schema":"scaleup.service/1","version":"1","model":"nginx","workers":'"$workers"',"address":"'"$address"'","port":'"$chosen"',"process":'$$'}'
      return 0
    fi
    sleep 0.02
  done
  return 1
}

for _ in 1 2 3 4 5; do
  if try; then
    # A signal ends the first wait; the second one is for nginx to answer what is in flight.
    wait "$server" || wait "$server" || true
    exit 0
  fi
  [ "$port" = 0 ] || break
done
fail "cannot listen on $address:$port: $(tail -n 1 "$folder/error.log" 2>/dev/null || echo 'the port is taken')" 1
