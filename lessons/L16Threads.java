///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION The dialogue server with a platform thread for each client

// Lesson 16: one thread accepts, and every client has a thread of its own.
//   ./jbang 16 [PORT]         a thread for each client, at port 8016 if no other is named
//   ./jbang 16 PORT capped    100 clients at most. PORT pooled: and four threads for all of them
//   ./jbang 16 count          two threads, one counter; cost: what 4,000 threads take
//   ./jbang 16 demo           a client who is silent, and a second one who is answered
// Look for who waits for whom.

// tag::main[]
import static java.nio.charset.StandardCharsets.ISO_8859_1;

void main(String... args) throws IOException {
  var asked = args.length == 0 ? "8016" : String.join(" ", args);
  var words = asked.split(" ", 2);
  var how = words.length == 1 ? "unlimited" : words[1];
  if (asked.equals("demo")) demo();
  else if (asked.equals("count")) count();
  else if (asked.equals("cost")) cost();        // Linux only: it reads /proc
  else if (isPort(words[0]) && how.matches("unlimited|capped|pooled"))
    serve(Integer.parseInt(words[0]), how);
  else stop(2, "usage: ./jbang 16 [PORT [unlimited | capped | pooled] | count | cost | demo]");
}

void serve(int port, String how) {
  try (var listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress())) {
    IO.println("Listening on localhost:" + listener.getLocalPort());
    var threads = threads(how);
    stopInOrder(listener, threads);
    acceptAll(listener, how.equals("unlimited") ? Integer.MAX_VALUE : MAX_CLIENTS, threads);
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + port + ": " + failed.getMessage()
        + ". Stop what runs there, or name another port: ./jbang 16 8116");
  }
}
// end::main[]

// tag::threads[]
static final int MAX_CLIENTS = 100;             // capped and pooled: accepted at a time
static final int POOL_THREADS = 4;              // pooled: to serve all of them

ExecutorService threads(String how) {
  return how.equals("pooled") ? Executors.newFixedThreadPool(POOL_THREADS)
      : Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());   // NOTE: lesson 17
}
// end::threads[]

// tag::accept[]
static final int BACKLOG = 50;                  // for callers whom we have not accepted
static final long BACK_OFF_NANOS = 100_000_000;

void acceptAll(ServerSocket listener, int most, ExecutorService threads) {
  var places = new Semaphore(most);
  while (!listener.isClosed()) {
    if (places.availablePermits() == 0)
      IO.println("All %d places are taken: the next waits in the accept queue".formatted(most));
    places.acquireUninterruptibly();            // first a place, then a client for it
    try {
      handOver(listener.accept(), places, threads);
    } catch (IOException failed) {
      places.release();                         // nobody has come to take it
      if (!listener.isClosed()) IO.println("Cannot take a client: " + failed.getMessage());
      LockSupport.parkNanos(BACK_OFF_NANOS);    // at once, it would fail again
    }
  }
}
// end::accept[]

// tag::hand-over[]
void handOver(Socket client, Semaphore places, ExecutorService threads) throws IOException {
  IO.println("Port " + client.getPort() + " calls");
  if (threads instanceof ThreadPoolExecutor pool && pool.getActiveCount() == POOL_THREADS)
    IO.println("Port " + client.getPort() + " waits: all " + POOL_THREADS + " threads are busy");
  try {
    threads.execute(() -> { try { converse(client); } finally { places.release(); } });
  } catch (RejectedExecutionException | OutOfMemoryError noThread) {
    client.close();
    throw new IOException(noThread);
  }
}
// end::hand-over[]

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

// tag::count[]
static final int TIMES = 100_000;

void count() {
  ANSWERS.set(0);
  try (var two = Executors.newFixedThreadPool(2)) {   // its close() waits for both
    for (int client = 1; client <= 2; client++)
      two.execute(() -> { for (int i = 0; i < TIMES; i++) answer("0"); });
  }
  IO.println("2 threads, %,d answers each: %,d counted".formatted(TIMES, ANSWERS.get()));
}
// end::count[]

// tag::cost[]
static final int PARKED = 4_000;

void cost() throws IOException {
  var end = new CountDownLatch(1);
  try (var threads = threads("unlimited"); Closeable leave = end::countDown) {
    for (int i = 0; i <= PARKED; i++) {
      if (i % 1_000 == 0) IO.println(Files.readString(Path.of("/proc/self/status"))
          .lines().filter(line -> line.matches("(VmSize|VmRSS|Threads).*")).toList());
      threads.submit(() -> { end.await(); return 0; });
    }
  }
}
// end::cost[]

// tag::demo[]
void demo() throws IOException {
  try (var acceptor = Executors.newSingleThreadExecutor(); var threads = threads("unlimited");
      var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
    acceptor.execute(() -> acceptAll(listener, MAX_CLIENTS, threads));
    try (var silent = new Socket(listener.getInetAddress(), listener.getLocalPort());
        var second = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      IO.println("The first hears " + readLine(silent.getInputStream()) + " It says nothing.");
      for (var line : List.of("0", "who", "exit")) say(second, line);
      IO.print(new String(second.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }
}
// end::demo[]

// tag::arguments[]
boolean isPort(String text) {
  return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535;
}

void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}
// end::arguments[]
