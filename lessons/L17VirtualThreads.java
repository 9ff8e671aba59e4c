///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION The dialogue server with a virtual thread for each client

// Lesson 17: the server of lesson 16 with one word changed. It holds ten thousand clients.
//   ./jbang 17 [PORT [virtual | platform]]   such a thread for each client; at port 8017
//   ./jbang 17 hold PORT COUNT   call the server there so many times: what does it cost? (Linux)
//   ./jbang 17 demo              what keeps a carrier, and what ends a call that blocks
// Look for how many threads the kernel has when each client has one.

// tag::main[]
import static java.nio.charset.StandardCharsets.ISO_8859_1;

void main(String... args) throws Exception {
  var asked = args.length == 0 ? "8017" : String.join(" ", args);
  var port = asked.replaceFirst(" (virtual|platform)$", "");
  if (asked.equals("demo")) { pin(); interrupt(); }
  else if (port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535)
    serve(Integer.parseInt(port), asked.endsWith("platform"));
  else if (asked.matches("hold [0-9]{1,5} [0-9]{1,5}")) hold(args[1], Integer.parseInt(args[2]));
  else stop(2, "usage: ./jbang 17 [PORT [virtual | platform] | hold PORT COUNT | demo]");
}

void serve(int port, boolean platform) {
  try (var listener = listen(port)) {
    IO.println("Listening on localhost:" + listener.getLocalPort());
    var threads = Executors.newThreadPerTaskExecutor(
        platform ? Thread.ofPlatform().factory() : Thread.ofVirtual().factory());   // the word
    stopInOrder(listener, threads);
    acceptAll(listener, threads);
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + port + ": " + failed.getMessage() + ". Name another one.");
  }
}

void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}
// end::main[]

// tag::accept[]
ServerSocket listen(int port) throws IOException {
  return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
}

void acceptAll(ServerSocket listener, ExecutorService threads) {
  while (!listener.isClosed()) {
    try {
      var client = listener.accept();
      IO.println("Port " + client.getPort() + " calls");
      threads.execute(() -> converse(client));  // NOTE: as many as come; lesson 25 counts them
    } catch (IOException | RejectedExecutionException failed) {   // the latter while it stops
      if (!listener.isClosed()) IO.println("Cannot take a client: " + failed.getMessage());
      LockSupport.parkNanos(100_000_000);       // at once, it would fail again
    }
  }
}
// end::accept[]

// tag::converse[]
/** From the first word to the last. It may wait: its thread has nothing else to do. */
void converse(Socket client) {
  var name = "Port " + client.getPort();
  try (client) {
    say(client, GREETING);
    var in = new BufferedInputStream(client.getInputStream());   // one for the whole conversation
    for (String line = ""; !line.equals("exit") && (line = readLine(in)) != null; )
      say(client, answer(line));
    IO.println(name + " has left");
  } catch (IOException lost) {
    IO.println(name + " lost: " + lost.getMessage());
  } catch (RuntimeException failed) {           // our mistake, not the client's
    IO.println(name + " failed: " + failed);
  }
}
// end::converse[]

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

// tag::lines[]
static final int MAX_LINE_BYTES = 4 * 1024;

/** The next line without its end, in one read or in ten. Null if they have said all. */
String readLine(InputStream in) throws IOException {
  var line = new ByteArrayOutputStream();
  for (int next; (next = in.read()) != '\n'; line.write(next)) {
    if (next < 0 && line.size() == 0) return null;
    if (next < 0) throw new EOFException("closed in the middle of a line");
    if (line.size() >= MAX_LINE_BYTES + (next == '\r' ? 1 : 0))   // a CR may belong to the end
      throw new IOException("over " + MAX_LINE_BYTES + " bytes");
  }
  var text = line.toString(ISO_8859_1);         // a character for each byte: an exact echo
  return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
}

void say(Socket client, String line) throws IOException {
  client.getOutputStream().write((line + "\n").getBytes(ISO_8859_1));
}
// end::lines[]

// tag::stop[]
static final int STOP_MILLIS = 1_000;

/** At Ctrl-C or SIGTERM: no new clients, a moment for those who are here, then the end. */
void stopInOrder(ServerSocket listener, ExecutorService threads) {
  Runtime.getRuntime().addShutdownHook(new Thread(new FutureTask<>(() -> {
    listener.close();
    threads.shutdown();
    return threads.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
  })));
}
// end::stop[]

// tag::hold[]
/** All clients are on this one thread. What the server needs for them, the kernel knows. */
void hold(String port, int count) throws IOException, InterruptedException {
  var clients = new ArrayList<Socket>();
  for (; clients.size() < count; readLine(clients.getLast().getInputStream()))   // it is served
    clients.add(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
  say(clients.getLast(), "who");
  var pid = readLine(clients.getLast().getInputStream()).replaceAll("[^0-9]+([0-9]+).*", "$1");
  var collect = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", pid, "GC.run");
  collect.start().waitFor();
  IO.println("%,d clients: ".formatted(count) + Files.readString(Path.of("/proc", pid, "status"))
      .replaceAll("(?s).*VmRSS:\\s*([0-9]+).*Threads:\\s*([0-9]+).*", "$1 kB, $2 threads"));
}
// end::hold[]

// tag::pin[]
void pin() throws Exception {
  System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");   // before the first of them
  IO.println("One carrier. While one thread is in ..., does another run?");
  runBeside("a sleep", () -> sleep());
  runBeside("a sleep, synchronized", () -> { synchronized (this) { sleep(); } });
  runBeside("a sleep in a class's static block", Slow::new);
  runBeside("a computation", () -> BigInteger.valueOf(3).pow(1_000_000));
}

void runBeside(String what, Runnable body) throws Exception {
  var first = Thread.ofVirtual().start(body);
  var second = new FutureTask<>(first::isAlive);
  Thread.ofVirtual().start(second);
  IO.println("  %-35s%s".formatted(what, second.get() ? "yes" : "no"));
}

static class Slow { static { sleep(); } }

static void sleep() { LockSupport.parkNanos(100_000_000); }
// end::pin[]

// tag::interrupt[]
void interrupt() throws Exception {
  for (var way : List.of("interrupt()", "close()")) {
    IO.println("%-16s%-32s%s".formatted(way, "on a platform thread", "on a virtual thread"));
    for (var call : List.of("accept", "read, Socket", "write, Socket", "read, channel", "select"))
      IO.println("  %-14s%-32s%s".formatted(call,
          endOf(call, Thread.ofPlatform(), way), endOf(call, Thread.ofVirtual(), way)));
  }
}

/** One thread is in the call. Another interrupts it, or closes what it waits for. */
String endOf(String call, Thread.Builder threads, String way) throws Exception {
  try (var listener = listen(0); var peer = listen(0); var selector = Selector.open();
      var socket = new Socket(peer.getInetAddress(), peer.getLocalPort());
      var channel = SocketChannel.open(peer.getLocalSocketAddress())) {
    var blocked = new FutureTask<Object>(() -> switch (call) {
      case "accept" -> listener.accept();
      case "read, Socket" -> socket.getInputStream().read();
      case "write, Socket" -> { while (true) socket.getOutputStream().write(new byte[1 << 20]); }
      case "read, channel" -> channel.read(ByteBuffer.allocate(1));
      default -> selector.select();
    });
    var thread = threads.start(blocked);
    while (!isWaiting(thread)) Thread.yield();
    if (way.equals("interrupt()")) thread.interrupt();
    else for (var each : List.of(listener, socket, channel, selector)) each.close();
    if (!thread.join(Duration.ofMillis(200))) return "still blocked";
    if (blocked.state() == Future.State.SUCCESS) return "returns";
    return blocked.exceptionNow().toString().replaceAll("[a-z]+[.]", "");
  }
}

/** Two looks, a moment apart, find it at the same place: in a call of the kernel, or put aside. */
static boolean isWaiting(Thread thread) throws InterruptedException {
  var before = thread.getStackTrace();
  thread.join(Duration.ofMillis(20));
  var now = thread.getStackTrace();
  if (now.length == 0 || !Arrays.equals(before, now)) return false;
  return now[0].isNativeMethod() || thread.getState() == Thread.State.WAITING;
}
// end::interrupt[]
