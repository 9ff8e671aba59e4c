///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Calls that do not wait: one thread asks everybody in turn

// Lesson 12: many conversations in one thread, and a processor that never rests.
//   ./jbang 12 [PORT]           polling: every caller is asked in turn; port 8012 if none is named
//   ./jbang 12 8012 blocking    the same service to one caller after the other, as in lesson 04
//   ./jbang 12 demo             what calls return that do not wait
// Look for null, for 0, and for what the processor does while nobody speaks.

// tag::main[]
import static java.nio.charset.StandardCharsets.ISO_8859_1;

void main(String... args) throws IOException {
  var asked = args.length == 0 ? "8012" : String.join(" ", args);
  var port = asked.replaceFirst(" (polling|blocking)$", "");
  if (asked.equals("demo")) demo();
  else if (port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535)
    serve(Integer.parseInt(port), asked.endsWith("blocking"));
  else stop(2, "usage: ./jbang 12 [PORT [polling | blocking] | demo]");
}

void serve(int port, boolean blocking) {
  try (var listener = ServerSocketChannel.open()) {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listener.configureBlocking(blocking);
    stopInOrder(listener);
    IO.println("Listening on localhost:" + listener.socket().getLocalPort());
    if (blocking) serveOneByOne(listener); else serveAll(listener);
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + port + ": " + failed.getMessage()
        + ". Stop what runs there, or name another port: ./jbang 12 8112");
  }
}
// end::main[]

// tag::blocking[]
void serveOneByOne(ServerSocketChannel listener) {
  while (listener.isOpen()) {
    var caller = accept(listener);              // waits
    while (caller != null && caller.visit()) {} // waits, in read and in write
  }
}
// end::blocking[]

// tag::polling[]
void serveAll(ServerSocketChannel listener) {
  var callers = new ArrayList<Caller>();
  while (listener.isOpen() || !callers.isEmpty()) {   // NOTE: never rests; lesson 13
    var caller = listener.isOpen() ? accept(listener) : null;
    if (caller != null) callers.add(caller);
    callers.removeIf(each -> !each.visit());    // who has nothing for us does not keep us
  }
}
// end::polling[]

// tag::accept[]
static final long ACCEPT_PAUSE_NANOS = 50_000_000;

Caller accept(ServerSocketChannel listener) {
  try {
    var channel = listener.accept();
    if (channel == null) return null;           // it would have waited
    channel.configureBlocking(listener.isBlocking());   // each channel begins as a blocking one
    return new Caller(channel);
  } catch (IOException failed) {                // closed in order, or out of descriptors
    if (listener.isOpen()) IO.println("accept: " + failed.getMessage());
    LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);  // the next would fail as well
    return null;
  }
}
// end::accept[]

// tag::caller[]
static final int MAX_LINE_BYTES = 4 * 1024;     // without the line's end

/** What is kept of a caller from one visit to the next. */
static class Caller {
  final SocketChannel channel;
  final ByteBuffer in = ByteBuffer.allocate(MAX_LINE_BYTES + 2);   // being filled: no whole line
  ByteBuffer out = ISO_8859_1.encode(GREETING + "\n");   // being drained: what we still owe
  String end;                                   // why nothing more is read, once that is so

  Caller(SocketChannel channel) {
    this.channel = channel;
    IO.println("Port " + channel.socket().getPort() + " calls");
  }
// end::caller[]

// tag::visit[]
  /** Writes what is owed; else reads, and owes the answers. False if it was the last visit. */
  boolean visit() {
    try {
      if (out.hasRemaining()) channel.write(out);   // all of it, some of it, or 0 bytes
      else hear(channel.read(in));
      if (end == null || out.hasRemaining()) return true;
    } catch (IOException lost) {                // the others need not know
      end = "lost: " + lost.getMessage();
    }
    try (channel) {
      IO.println("Port " + channel.socket().getPort() + " " + end);
    } catch (IOException alreadyLost) {}        // and said so
    return false;
  }

  void hear(int count) {
    if (count > 0) answerLines();               // and from 0, nothing follows
    if (count < 0) end = in.position() == 0 ? "has left" : "lost: closed in the middle of a line";
  }
// end::visit[]

// tag::lines[]
  /** Answers every whole line that has come. The beginning of the next one stays. */
  void answerLines() {
    var text = ISO_8859_1.decode(in.flip()).toString();   // a byte a character: none can be cut
    var answers = new StringBuilder();
    int from = 0;
    try {
      for (int to; end == null && (to = text.indexOf('\n', from)) >= 0; from = to + 1) {
        var line = withoutCr(text.substring(from, to));
        if (end == null) answers.append(answer(line)).append('\n');
        if (line.equals("exit")) end = "has left";
      }
      if (end == null) withoutCr(text.substring(from));
    } catch (RuntimeException failed) {         // the others need not know of it
      end = "failed: " + failed;
    }
    in.position(from).compact();
    out = ISO_8859_1.encode(answers.toString());
  }

  String withoutCr(String line) {
    var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (text.length() > MAX_LINE_BYTES) end = "lost: over " + MAX_LINE_BYTES + " bytes";
    return text;
  }
}
// end::lines[]

// tag::service[]
static final String GREETING = "Welcome. Enter 0, or exit.";
static final AtomicInteger ANSWERS = new AtomicInteger();

/** What is answered. Who calls it, and on which thread, is what lessons 12 to 19 differ in. */
static String answer(String line) {
  int number = ANSWERS.incrementAndGet();
  var thread = Thread.currentThread();
  return switch (line) {
    case "0" -> "You entered 0";
    case "who" -> "process %d, %s thread %d, answer %d".formatted(ProcessHandle.current().pid(),
        thread.isVirtual() ? "virtual" : "platform", thread.threadId(), number);
    case "crash" -> throw new IllegalStateException("crash, as asked");
    case "exit" -> "Goodbye";
    default -> line;                            // an echo
  };
}
// end::service[]

// tag::stop[]
static final long STOP_MILLIS = 1_000;

/** At SIGTERM nobody new is served, and the others have a second left. Then the JVM halts. */
void stopInOrder(ServerSocketChannel listener) {
  var serving = Thread.currentThread();
  Runtime.getRuntime().addShutdownHook(new Thread(new FutureTask<>(() -> {
    listener.close();                           // the loops above see it
    return serving.join(Duration.ofMillis(STOP_MILLIS));
  })));
}
// end::stop[]

// tag::demo[]
void demo() throws IOException {
  try (var listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
      var caller = SocketChannel.open(listener.getLocalAddress());
      var server = listener.accept()) {
    listener.configureBlocking(false);
    server.configureBlocking(false);
    IO.println("accept, nobody has called: " + listener.accept());
    long start = System.nanoTime(), busy = busyMillis(), zeros = 0;
    for (var in = ByteBuffer.allocate(1); System.nanoTime() - start < 200_000_000; )
      if (server.read(in) == 0) zeros++;
    IO.println("read, nothing has come: 0, ‹%,d› times; the processor worked for %d ms of 200 ms"
        .formatted(zeros, busyMillis() - busy));
    var out = ByteBuffer.allocate(50_000_000);
    while (server.write(out) > 0) {}            // the caller reads nothing
    IO.println("write, nobody reads: ‹%,d› of 50,000,000 bytes, then 0".formatted(out.position()));
    server.socket().getInputStream().read();
  } catch (IllegalBlockingModeException streamsWait) {
    IO.println("read from its stream: " + streamsWait);
  }
}

long busyMillis() {
  return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
}
// end::demo[]

// tag::arguments[]
void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}
// end::arguments[]
