///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION A process for each client, or two for all of them

// Lesson 18: a process for each client. What dies in one of them dies alone.
//   ./jbang 18 [PORT [relay | prefork]]   serve, at port 8018 if no other is named; or: demo
// In two terminals: ./jbang nc localhost 8018, then type who, and System.exit(42).
// Look for the process in each answer, and for who is still there afterwards.

// tag::main[]
import static java.lang.ProcessBuilder.Redirect.INHERIT;

void main(String... args) throws Throwable {
  var asked = args.length == 0 ? "8018" : String.join(" ", args);
  var port = asked.replaceFirst(" (relay|prefork|worker)$", "");
  if (asked.equals("demo")) demo();
  else if (asked.equals("child") && System.inheritedChannel() instanceof SocketChannel caller)
    System.err.println(converse(Channels.newInputStream(caller), Channels.newOutputStream(caller)));
  else if (asked.equals("child")) System.err.println(converse(System.in, STDOUT));
  else if (port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535)
    serve(Integer.parseInt(port), asked.endsWith("prefork"), asked.endsWith("worker"));
  else { System.err.println("usage: ./jbang 18 [PORT [relay | prefork] | demo]"); System.exit(2); }
}

void serve(int port, boolean prefork, boolean worker) throws InterruptedException {
  try (var listener = new ServerSocket()) {
    listener.setOption(StandardSocketOptions.SO_REUSEPORT, worker);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    if (prefork) prefork(listener); else acceptAll(listener, worker);
  } catch (IOException failed) {
    System.err.println("Cannot serve on port " + port + ": " + failed.getMessage()
        + ". Stop what runs there, or name another port: ./jbang 18 8118");
    System.exit(1);
  }
}
// end::main[]

// tag::accept[]
static final int MAX_CHILDREN = 10, MAX_CALLERS = 1_000, PAUSE_MILLIS = 100, STOP_MILLIS = 1_000;

void acceptAll(ServerSocket listener, boolean worker) throws InterruptedException {
  int most = worker ? MAX_CALLERS : MAX_CHILDREN;
  var places = new Semaphore(most);
  Runtime.getRuntime().addShutdownHook(new Thread(new FutureTask<>(() -> {
    listener.close();                           // at SIGTERM: nobody new, a second for the others
    return places.tryAcquire(most, STOP_MILLIS, TimeUnit.MILLISECONDS);
  })));
  if (worker) Thread.startVirtualThread(new FutureTask<>(() -> {
    System.exit(System.in.read() + 1); return null;   // -1: whoever started us has ended
  }));
  IO.println("Listening on localhost:" + listener.getLocalPort());
  while (!listener.isClosed()) {
    places.acquire();                           // first a place, then a caller for it
    try {
      var caller = listener.accept();
      Thread.startVirtualThread(() -> attend(caller, worker, places));
    } catch (IOException failed) {              // too many open files, say; or closed above
      places.release();
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}

void attend(Socket caller, boolean worker, Semaphore places) {
  var name = "Port " + caller.getPort() + " ";
  IO.println(name + "calls");
  try (caller; Closeable place = places::release;
      var from = caller.getInputStream(); var to = caller.getOutputStream()) {
    IO.println(name + (worker ? converse(from, to) : relay(from, to)));
  } catch (IOException | InterruptedException failed) {   // no process to be had, for one
    IO.println(name + "failed: " + failed);
  }
}
// end::accept[]

// tag::start[]
ProcessBuilder again(String... role) {          // words, and no shell that would read them
  var url = getClass().getProtectionDomain().getCodeSource().getLocation().toString();
  var code = Path.of(URI.create(url)).toString();   // a space is a space again, and not %20
  var words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx16m",
      "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));   // small, and soon there
  words.addAll(code.endsWith(".java") ? List.of(code) : List.of("-cp", code, getClass().getName()));
  words.addAll(List.of(role));
  return new ProcessBuilder(words);
}

String endOf(Process child) throws InterruptedException {
  var report = child.errorReader().lines().reduce("", (_, line) -> line);   // its last words
  int code = child.waitFor();
  return code == 0 ? report : "failed: process %d, exit code %d".formatted(child.pid(), code);
}
// end::start[]

// tag::relay[]
String relay(InputStream from, OutputStream to) throws IOException, InterruptedException {
  var child = again("child").start();
  var lost = new AtomicReference<IOException>();
  pump(from, child.getOutputStream(), child, lost);
  var answers = pump(child.getInputStream(), to, child, lost);
  var end = endOf(child);
  answers.join();                               // some may still be on their way
  return lost.get() == null ? end : "lost: " + lost.get().getMessage();
}

Thread pump(InputStream from, OutputStream to, Process child, AtomicReference<IOException> lost) {
  return Thread.startVirtualThread(() -> {
    var chunk = new byte[8 * 1024];             // all that we keep for one who is slow
    try {
      for (int n; (n = from.read(chunk)) >= 0; to.flush()) to.write(chunk, 0, n);
      if (to == child.getOutputStream()) to.close();   // their FIN: the end of its input
    } catch (IOException failed) {
      if (child.isAlive()) lost.compareAndSet(null, failed);
      child.toHandle().destroyForcibly();       // and none of its streams
    }
  });
}
// end::relay[]

// tag::prefork[]
void prefork(ServerSocket taken) throws IOException, InterruptedException {
  try (var kept = SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEPORT, true)) {
    taken.close();                              // it was free: nobody shares it but us
    kept.bind(taken.getLocalSocketAddress());   // reserved, not listened to
    var worker = again(taken.getLocalPort() + "", "worker").redirectOutput(INHERIT);
    var workers = List.of(worker.start(), worker.start());   // the kernel deals out the calls
    for (var each : workers) each.onExit().thenAccept(it -> IO.println("Worker " + it));
    for (var each : workers) endOf(each);
  }
}
// end::prefork[]

// tag::converse[]
static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

String converse(InputStream from, OutputStream to) {
  try {
    var in = new BufferedInputStream(from);     // one for the whole conversation
    to.write(bytes(GREETING));
    for (String line = ""; !line.equals("exit") && (line = readLine(in)) != null; ) {
      if (line.equals("System.exit(42)")) System.exit(42);
      if (line.equals("new byte[1 << 30]")) line += new byte[1 << 30].length;
      to.write(bytes(answer(line)));
    }
    return "has left";
  } catch (IOException lost) {
    return "lost: " + lost.getMessage();
  } catch (RuntimeException | OutOfMemoryError failed) {
    return "failed: " + failed;
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
  var line = new StringBuilder();               // a character for each byte: none can be cut
  for (int next; (next = in.read()) != '\n'; line.append((char) next)) {
    if (next < 0 && line.isEmpty()) return null;
    if (next < 0) throw new EOFException("closed in the middle of a line");
    if (line.length() >= MAX_LINE_BYTES + (next == '\r' ? 1 : 0))   // a CR may belong to the end
      throw new IOException("over " + MAX_LINE_BYTES + " bytes");
  }
  return line.toString().replaceFirst("\r\\z", "");
}

byte[] bytes(String line) { return (line + "\n").getBytes(StandardCharsets.ISO_8859_1); }
// end::lines[]

// tag::demo[]
void demo() throws IOException, InterruptedException {
  show("who", "has left");
  show("System.exit(42)", "exit code 42");
  show("new byte[1 << 30]", "OutOfMemoryError: Java heap space");
  show("who", "has left");
}

void show(String line, String ending) throws IOException, InterruptedException {
  var child = again("child").start();
  try (var to = child.getOutputStream()) { to.write(bytes(line + "\nexit")); }
  child.inputReader().lines().forEach(IO::println);
  var end = endOf(child);
  IO.println(end + "; counted here: " + ANSWERS);
  if (!end.endsWith(ending)) System.exit(1);    // what is to be seen here has not happened
}
// end::demo[]
