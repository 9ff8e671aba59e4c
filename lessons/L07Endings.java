///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION The ways in which a connection ends, seen from both of its ends

// Lesson 07: a client, a server, and the end of what they have. Both are ours, in one program.
//
//   ./jbang 07            all experiments (also: demo)
//   ./jbang 07 NAME       one: fin, gone, reset, cut, trickle or time-wait
//
// Look for what each side is told. The columns are what Linux knows of client and server.

// tag::main[]
void main(String... args) throws IOException, InterruptedException {
  switch (args.length == 0 ? "demo" : String.join(" ", args)) {
    case "demo" -> { fin(); gone(false); gone(true); cut(); trickle(); timeWait(); }
    case "fin" -> fin();
    case "gone" -> gone(false);
    case "reset" -> gone(true);
    case "cut" -> cut();
    case "trickle" -> trickle();
    case "time-wait" -> timeWait();
    default -> {
      System.err.println("usage: ./jbang 07 [demo|fin|gone|reset|cut|trickle|time-wait]");
      System.exit(2);
    }
  }
}
// end::main[]

// tag::fin[]
void fin() throws IOException {
  try (var pair = Pair.open("fin: one direction ends, then the other")) {
    pair.client.shutdownOutput();
    pair.show("client shutdownOutput()");
    pair.show("server " + hear(pair.server, FOREVER));
    pair.server.getOutputStream().write("Until eight.".getBytes());
    pair.server.close();
    pair.show("server writes 12 bytes, close()");
    pair.show("client " + hear(pair.client, FOREVER));
  }
}
// end::fin[]

// tag::gone[]
void gone(boolean reset) throws IOException {
  try (var pair = Pair.open(reset ? "reset: the client resets" : "gone: the client leaves")) {
    if (reset) pair.client.setSoLinger(true, 0);   // from now on close() means RST
    pair.client.close();
    pair.show("client close()");
    pair.show("server isConnected() " + pair.server.isConnected());
    pair.show("server isClosed() " + pair.server.isClosed());
    pair.show("server " + hear(pair.server, FOREVER));
    try {
      while (true) {
        pair.server.getOutputStream().write('.');
        pair.show("server writes 1 byte");
      }
    } catch (IOException failed) {
      pair.show("server write: " + failed);
    }
  }
}
// end::gone[]

// tag::cut[]
void cut() throws IOException, InterruptedException {
  for (var when : List.of("never", "first", "last")) {
    try (var pair = Pair.open("cut: the server reads the request " + when)) {
      pair.client.getOutputStream().write(new byte[1_000]);
      start(() -> reply(pair.server, when)).join(Duration.ofMillis(300));   // we read late
      IO.println("  client " + hear(pair.client, FOREVER));
    }
  }
}

void reply(Socket server, String reads) throws IOException {
  if (reads.equals("first")) server.getInputStream().readNBytes(1_000);
  server.getOutputStream().write(new byte[2_000_000]);
  if (reads.equals("last")) drain(server);
  server.close();
}
// end::cut[]

// tag::drain[]
static final int DRAIN_BYTES = 1_000_000;       // together these two bound what a refusal costs us
static final long DRAIN_NANOS = 1_000_000_000;

/** Says that we have said all, then reads and forgets: until their end, but not for ever. */
void drain(Socket socket) throws IOException {
  socket.shutdownOutput();
  long deadline = System.nanoTime() + DRAIN_NANOS;
  var chunk = new byte[16 * 1024];
  for (int drained = 0, count = 0; count >= 0 && drained < DRAIN_BYTES; drained += count) {
    count = readBefore(deadline, socket, chunk);
  }
}
// end::drain[]

// tag::deadline[]
static final long FOREVER = Long.MAX_VALUE;

/** One read of many that share a deadline: it may take what is left of the time for all. */
int readBefore(long deadline, Socket socket, byte[] into) throws IOException {
  if (deadline != FOREVER) {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) throw new SocketTimeoutException("Read timed out");
    socket.setSoTimeout((int) millis);          // never 0: that would mean no limit
  }
  return socket.getInputStream().read(into);
}
// end::deadline[]

// tag::trickle[]
void trickle() throws IOException {
  try (var pair = Pair.open("trickle: 12 bytes, one every 50 ms; soTimeout 500 ms")) {
    start(() -> drip(pair.client));
    pair.server.setSoTimeout(500);              // for each read, and each read gets its byte
    IO.println("  server " + hear(pair.server, FOREVER));
  }
  try (var pair = Pair.open("trickle: the same; 300 ms for all of it")) {
    start(() -> drip(pair.client));
    IO.println("  server " + hear(pair.server, System.nanoTime() + 300_000_000));
  }
}

void drip(Socket client) throws IOException {
  for (int sent = 0; sent < 12; sent++) {
    LockSupport.parkNanos(50_000_000);
    client.getOutputStream().write('.');
  }
  client.shutdownOutput();
}
// end::trickle[]

// tag::time-wait[]
void timeWait() throws IOException {
  try (var pair = Pair.open("time-wait: the server closes first")) {
    pair.server.close();
    pair.show("server close()");
    pair.client.close();
    pair.show("client close()");
  }
}
// end::time-wait[]

// tag::pair[]
static final long SETTLE_NANOS = 200_000_000;   // a state that lasts longer is one to be shown

record Pair(Socket client, Socket server, int port, int peerPort) implements Closeable {
  static Pair open(String title) throws IOException {
    IO.println(title);
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var client = new Socket(listener.getInetAddress(), listener.getLocalPort());
      return new Pair(client, listener.accept(), client.getLocalPort(), client.getPort());
    }
  }

  void show(String event) throws IOException {
    long deadline = System.nanoTime() + SETTLE_NANOS;
    var ends = ends();
    while (isPassing(ends) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      ends = ends();
    }
    IO.println("  %-12s%-12s%s".formatted(ends.getFirst(), ends.getLast(), event));
  }

  List<String> ends() throws IOException {
    return List.of(state(port, peerPort), state(peerPort, port));
  }

  /** On a busy machine a FIN, its ACK or a reset may still be under way when we look. */
  static boolean isPassing(List<String> ends) {
    boolean oneIsGone = ends.contains("-") && !ends.contains("TIME_WAIT");
    return oneIsGone && !ends.equals(List.of("-", "-"))
        || !Collections.disjoint(ends, List.of("FIN_WAIT1", "CLOSING", "LAST_ACK"));
  }

  static String state(int port, int peerPort) throws IOException {
    var row = Pattern.compile(":%04X [0-9A-F]+:%04X ([0-9A-F]{2}) ".formatted(port, peerPort));
    for (var table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
      var found = row.matcher(Files.exists(table) ? Files.readString(table) : "");
      if (found.find()) return STATES.get(Integer.parseInt(found.group(1), 16));
    }
    return Files.exists(Path.of("/proc/net/tcp")) ? "-" : "?";   // no such connection; no Linux
  }

  public void close() throws IOException {
    try (client; server) {}
  }
}

static final List<String> STATES = List.of("?", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1",
    "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING");
// end::pair[]

// tag::hear[]
/** Reads to the end. How much came, what the end was, and how long it took. */
String hear(Socket socket, long deadline) {
  var chunk = new byte[16 * 1024];
  var start = System.nanoTime();
  int total = 0;
  Object end = -1;
  try {
    for (int count; (count = readBefore(deadline, socket, chunk)) >= 0; ) total += count;
  } catch (IOException lost) {
    end = lost;
  }
  long millis = (System.nanoTime() - start) / 1_000_000;
  return "reads %,d bytes, then %s, in %d ms".formatted(total, end, millis);
}

interface Part {
  void play() throws IOException;
}

Thread start(Part part) {                       // what goes wrong in it, the other side shows
  return Thread.startVirtualThread(new FutureTask<>(() -> { part.play(); return null; }));
}
// end::hear[]
