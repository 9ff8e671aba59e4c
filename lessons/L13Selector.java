///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION One thread that serves many: it waits for all of them in one place

// Lesson 13: many conversations in one thread, and a processor that rests.
//   ./jbang 13 [PORT]         serve many at once, on port 8013 or on the one you name
//   ./jbang 13 demo           three callers, answered in reverse order
// Look for the thread that answers, and for how often it is woken: Ctrl-C tells.

// tag::main[]
import static java.nio.channels.SelectionKey.*;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

void main(String... args) throws IOException {
  var asked = args.length == 0 ? "8013" : String.join(" ", args);
  if (asked.equals("demo")) demo();
  else if (asked.matches("[0-9]{1,5}") && Integer.parseInt(asked) <= 65535)
    serve(Integer.parseInt(asked));
  else stop(2, "usage: ./jbang 13 [PORT | demo]");
}

void serve(int port) {
  try {
    listen(port);
    serveAll();
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + port + ": " + failed.getMessage()
        + ". Stop what runs there, or name another port: ./jbang 13 8113");
  }
}
// end::main[]

// tag::listen[]
Selector selector;
ServerSocketChannel listener;
SelectionKey listening;                         // what the selector knows of the listener

void listen(int port) throws IOException {
  listener = ServerSocketChannel.open();
  listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  listener.configureBlocking(false);            // a selector takes no other
  selector = Selector.open();
  listening = listener.register(selector, OP_ACCEPT);
  stopInOrder(Thread.currentThread());
  IO.println("Listening on localhost:" + listener.socket().getLocalPort());
}
// end::listen[]

// tag::selecting[]
int wakeups;

void serveAll() throws IOException {
  while (selector.keys().stream().anyMatch(SelectionKey::isValid)) {
    selector.select();                          // here this thread waits, and nowhere else
    wakeups++;
    for (var key : selector.selectedKeys()) if (key == listening) accept(); else visit(key);
    selector.selectedKeys().clear();            // the selector puts keys in, and takes none out
    if (stopping) listener.close();             // the next select gives the port back
  }
}

void visit(SelectionKey key) {
  var caller = (Caller) key.attachment();
  if (caller.visit()) key.interestOps(caller.out.hasRemaining() ? OP_WRITE : OP_READ);
  else if (!stopping) listening.interestOps(OP_ACCEPT);   // a descriptor is free
}
// end::selecting[]

// tag::accept[]
void accept() {
  try {
    var channel = listener.accept();
    if (channel == null) return;                // it would have waited
    channel.configureBlocking(false);           // each channel begins as a blocking one
    visit(channel.register(selector, 0, new Caller(channel)));   // it is owed a greeting
  } catch (IOException failed) {                // out of descriptors, and the caller still waits
    IO.println("accept: " + failed.getMessage());
    if (selector.keys().size() > 1) listening.interestOps(0);   // until somebody leaves
    else LockSupport.parkNanos(50_000_000);
  }
}
// end::accept[]

// tag::caller[]
static final int MAX_LINE_BYTES = 4 * 1024;     // without the line's end
static final ByteBuffer IN = ByteBuffer.allocate(MAX_LINE_BYTES);   // for all: a visit empties it

/** What is kept of a caller from one visit to the next. */
static class Caller {
  final SocketChannel channel;
  String begun = "";                            // of the next line
  ByteBuffer out = ISO_8859_1.encode(GREETING + "\n");   // being drained: what we still owe
  String end;                                   // why nothing more is read, once that is so

  Caller(SocketChannel channel) {
    this.channel = channel;
    IO.println("Port " + channel.socket().getPort() + " calls");
  }
// end::caller[]

// tag::visit[]
  /** Reads if nothing is owed, and writes what is. False if it was the last visit. */
  boolean visit() {
    try {
      if (!out.hasRemaining()) hear(channel.read(IN.clear()));
      channel.write(out);                       // all of it, some of it, or 0 bytes
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
    if (count < 0) end = begun.isEmpty() ? "has left" : "lost: closed in the middle of a line";
  }
// end::visit[]

// tag::lines[]
  /** Answers every whole line that has come. The beginning of the next one stays. */
  void answerLines() {
    var text = begun + ISO_8859_1.decode(IN.flip());   // a byte a character: none can be cut
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
    begun = text.substring(from);
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
volatile boolean stopping;

/** At SIGTERM nobody new is served, and the others have a second left. Then the JVM halts. */
void stopInOrder(Thread serving) {
  Runtime.getRuntime().addShutdownHook(new Thread(new FutureTask<>(() -> {
    stopping = true;
    selector.wakeup();                          // or the loop learns of it at the next event
    IO.println("Woken %,d times, lines answered: %,d".formatted(wakeups, ANSWERS.get()));
    return serving.join(Duration.ofMillis(STOP_MILLIS));
  })));
}
// end::stop[]

// tag::demo[]
void demo() throws IOException {
  listen(0);
  Thread.startVirtualThread(new FutureTask<>(() -> { call(); return null; }));
  serveAll();
}

void call() throws IOException {
  var callers = new ArrayList<Socket>();
  while (callers.size() < 3) callers.add(new Socket("127.0.0.1", listener.socket().getLocalPort()));
  for (var caller : callers.reversed()) {
    caller.getOutputStream().write("who\nexit\n".getBytes());
    IO.print(new String(caller.getInputStream().readAllBytes()));
    caller.close();
  }
  System.exit(0);                               // as SIGTERM does it
}
// end::demo[]

// tag::arguments[]
void stop(int exitCode, String line) { System.err.println(line); System.exit(exitCode); }
// end::arguments[]
