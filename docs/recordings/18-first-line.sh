#!/usr/bin/env bash
# From a call to the first line: a JVM for each caller, one that waits for it, and Python's fork. Linux, in the folder of the workbook:
#   docs/recordings/18-first-line.sh > docs/recordings/18-first-line.txt
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
PATH=$(./jbang --find-jdk)/bin:$PATH
javac -d "$folder" lessons/L18Forking.java lessons/inetd/Inetd.java

# measure NAME COMMAND...: that server on port 8018
measure() {
  local name=$1; shift
  "$@" >/dev/null 2>&1 & server=$!
  until { : </dev/tcp/localhost/8018; } 2>/dev/null; do kill -0 "$server"; sleep 0.1; done
  sleep 1
  printf '%-10s %6d µs\n' "$name" "$(median)"
  kill "$server"
  wait "$server" || true
  sleep 1   # until the last caller's process has ended, too
}

# tag::median[]
# In microseconds: from the call to the end of the first line, 21 times
median() {
  for _ in $(seq 21); do
    called=${EPOCHREALTIME/./}
    read -r _ </dev/tcp/localhost/8018
    echo $((${EPOCHREALTIME/./} - called))
    sleep 0.15
  done | sort -n | sed -n 11p
}
# end::median[]

echo "$(date +%F), $(uname -sr), $(nproc) processors, Java $(java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p'), $(python3 --version)"
echo
lesson="java -cp $folder L18Forking"
small="-Xmx16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"   # as relay starts its children
measure relay $lesson 8018
measure inetd java --enable-native-access=ALL-UNNAMED -cp "$folder" Inetd 8018 java $small -cp "$folder" L18Forking child
measure prefork $lesson 8018 prefork
measure "Python" python3 -c "
from socketserver import *
class Greet(StreamRequestHandler):
    def handle(self): self.wfile.write(b'Welcome\n')
ForkingTCPServer.allow_reuse_address = True
ForkingTCPServer(('localhost', 8018), Greet).serve_forever()"
