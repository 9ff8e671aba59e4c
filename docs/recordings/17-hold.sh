#!/usr/bin/env bash
# What one client and ten thousand cost lesson 17. Linux, in the folder of the workbook:
#   docs/recordings/17-hold.sh > docs/recordings/17-hold.txt
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT

# hold KIND LESSON: a server of its own for each count
hold() {
  for count in 1 10000; do
    java -cp "$2" L17VirtualThreads 0 "$1" >"$folder/out" & server=$!
    until grep -q : "$folder/out"; do sleep 0.1; done
    java -cp "$2" L17VirtualThreads hold "$(head -1 "$folder/out" | sed 's/.*://')" "$count"
    kill "$server"
    wait "$server" || true
  done
}

java=$(./jbang --find-jdk)/bin
PATH=$java:$PATH
mkdir "$folder/edited"
sed 's/new BufferedInputStream(\(.*\)InputStream())/new BufferedInputStream(\1InputStream(), 256)/' \
  lessons/L17VirtualThreads.java >"$folder/edited/L17VirtualThreads.java"
javac -d "$folder/shipped" lessons/L17VirtualThreads.java
javac -d "$folder/edited" "$folder/edited/L17VirtualThreads.java"

echo "$(date +%F), $(uname -sr), $(nproc) processors, Java $("$java/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')"
for kind in virtual platform; do
  printf '\n%s\n' "$kind"
  hold "$kind" "$folder/shipped"
done
printf '\nvirtual, with new BufferedInputStream(client.getInputStream(), 256)\n'
hold virtual "$folder/edited"
