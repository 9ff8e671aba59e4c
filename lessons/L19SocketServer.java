///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION A socketserver of our own: what all servers share, and the three things they differ in

// Lesson 19: one server; where requests come from, on which thread, to what handler are values.
//   ./jbang 19 PORT, udp PORT or unix PATH, then threading, forking or sequential; or demo
// Look for who answers: process and thread. The handler is the same.

// tag::main[]
void main(String... args) throws Exception {
  var words = new ArrayList<>(args.length == 0 ? List.of("8019") : List.of(args));
  if (isPort(words.getFirst())) words.addFirst("tcp");
  if (words.size() == 2) words.add("threading");
  boolean known = words.size() == 3 && DISPATCHES.containsKey(words.get(2))
      && words.get(0).matches(isPort(words.get(1)) ? "tcp|udp|unix" : "unix|child");
  if (words.equals(List.of("demo"))) demo();
  else if (!known) stop(2, "usage: ./jbang 19 [PORT [threading | forking | sequential]"
      + " | udp PORT … | unix PATH … | demo]");
  else if (words.get(0).equals("child")) child(words.get(1));
  else serve(words.get(0), words.get(1), DISPATCHES.get(words.get(2)));
}

void serve(String family, String at, Dispatch dispatch) {
  try {
    var address = family.equals("unix") ? UnixDomainSocketAddress.of(at)
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(at));
    var server = family.equals("udp") ? udp(address, dispatch) : stream(address, dispatch);
    if (family.equals("unix")) new File(at).deleteOnExit();   // close() leaves it behind
    IO.println("Listening on " + name("localhost:", server.channel.getLocalAddress()));
    Runtime.getRuntime().addShutdownHook(new Thread(new FutureTask<>(server::serverClose)));
    server.serveForever();
  } catch (IOException e) { stop(1, "Can't use " + at + ": " + e.getMessage() + "; name another"); }
}
// end::main[]

// tag::limits[]
static final int STOP_MILLIS = 1_000, BACK_OFF_NANOS = 100_000_000, MAX_CHILDREN = 40;
static final int MAX_LINE_BYTES = 4 * 1024;
// end::limits[]

// tag::server[]
record BaseServer(NetworkChannel channel, Callable<Request> getRequest, Dispatch dispatch,
    Phaser open) {                              // a party for each request, one for the server
  void serveForever() {
    while (channel.isOpen()) try {
      var request = getRequest.call();          // waits for one
      if (verifyRequest(request)) processRequest(request); else request.end.close();
    } catch (Exception failed) { LockSupport.parkNanos(BACK_OFF_NANOS); }   // do not spin
  }

  boolean verifyRequest(Request request) { return true; }

  void processRequest(Request request) {
    open.register();
    dispatch.threads.execute(() -> processRequestThread(request));
  }

  void processRequestThread(Request request) {
    try (request.end) { finishRequest(request); }
    catch (Throwable failed) { handleError(request.peer, failed); }   // an Error as well
    finally { open.arriveAndDeregister(); }
  }

  void finishRequest(Request request) throws Exception {
    dispatch.handler.setup(request);            // if this fails, there is nothing to finish
    try { dispatch.handler.handle(request); } finally { dispatch.handler.finish(request); }
  }

  void handleError(String peer, Throwable e) {
    IO.println(peer + (e instanceof IOException ? " lost: " + e.getMessage() : " failed: " + e));
  }
// end::server[]

// tag::stop[]
  void shutdown() throws IOException { channel.close(); }   // getRequest throws: no loss

  int serverClose() throws Exception {          // who takes too long is cut: the process ends
    shutdown();
    return open.awaitAdvanceInterruptibly(open.arrive(), STOP_MILLIS, TimeUnit.MILLISECONDS);
  }
}
// end::stop[]

// tag::listeners[]
BaseServer stream(SocketAddress address, Dispatch dispatch) throws IOException {
  var listener = ServerSocketChannel.open(address instanceof UnixDomainSocketAddress
      ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET).bind(address);
  return new BaseServer(listener, () -> {
    var peer = listener.accept();
    return new Request(name("Port ", peer.getRemoteAddress()), peer,
        new BufferedInputStream(Channels.newInputStream(peer)), Channels.newOutputStream(peer));
  }, dispatch, new Phaser(1));
}

BaseServer udp(SocketAddress address, Dispatch dispatch) throws IOException {
  var udp = DatagramChannel.open().bind(address);
  return new BaseServer(udp, () -> {
    var packet = ByteBuffer.allocate(65_507);   // as much as a datagram can hold
    var to = udp.receive(packet);
    var out = new ByteArrayOutputStream();      // one datagram as well, sent at the end
    return new Request(name("Port ", to), () -> udp.send(ByteBuffer.wrap(out.toByteArray()), to),
        new ByteArrayInputStream(packet.array(), 0, packet.position()), out);
  }, dispatch, new Phaser(1));
}
// end::listeners[]

// tag::request[]
record Request(String peer, Closeable end, InputStream rfile, OutputStream wfile) {
  String readLine() throws IOException {        // null if they have said all
    var line = new ByteArrayOutputStream();
    for (int next; (next = rfile.read()) != '\n'; line.write(next)) {
      if (next < 0 && line.size() == 0) return null;
      if (next < 0) throw new EOFException("closed in the middle of a line");
      if (line.size() >= MAX_LINE_BYTES + (next == '\r' ? 1 : 0))   // a CR belongs to the end
        throw new IOException("over " + MAX_LINE_BYTES + " bytes");
    }
    return line.toString("ISO-8859-1").replaceFirst("\r$", "");   // byte in, the same byte out
  }

  void say(String line) throws IOException { wfile.write((line + "\n").getBytes("ISO-8859-1")); }
}
// end::request[]

// tag::handler[]
interface RequestHandler {
  default void setup(Request request) throws Exception {}
  void handle(Request request) throws Exception;
  default void finish(Request request) throws Exception { request.wfile.flush(); }
}

static void dialogue(Request c) throws IOException {
  IO.println(c.peer + " calls");
  c.say(GREETING);
  for (var line = ""; !line.equals("exit") && (line = c.readLine()) != null; ) c.say(answer(line));
  IO.println(c.peer + " has left");
}
// end::handler[]

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

// tag::dispatch[]
record Dispatch(Executor threads, RequestHandler handler) {}

static final Map<String, Dispatch> DISPATCHES = Map.of(
    "sequential", new Dispatch(Runnable::run, request -> dialogue(request)),
    "threading", new Dispatch(Thread::startVirtualThread, request -> dialogue(request)),
    "forking", new Dispatch(Executors.newFixedThreadPool(MAX_CHILDREN,
        Thread.ofVirtual().factory()), request -> inAChild(request)));
// end::dispatch[]

// tag::forking[]
static void inAChild(Request request) throws Exception {   // its streams are the connection
  var us = Path.of(Request.class.getProtectionDomain().getCodeSource().getLocation().toURI()) + "";
  var child = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC",
      "-cp", us, us.endsWith(".java") ? us : "L19SocketServer", "child", request.peer).start();
  var feed = new FutureTask<>(() -> {           // a PrintStream flushes each write
    try (var stdin = new PrintStream(child.getOutputStream(), true)) {
      return request.rfile.transferTo(stdin);
    } catch (IOException lost) { child.toHandle().destroyForcibly(); throw lost; }
  });
  Thread.startVirtualThread(feed);
  var log = Thread.startVirtualThread(() -> child.errorReader().lines().forEach(IO::println));
  child.getInputStream().transferTo(request.wfile);
  log.join();
  if (child.waitFor() != 0) throw feed.state() == Future.State.FAILED
      ? (Exception) feed.exceptionNow() : new IOException("exit code " + child.exitValue());
}

void child(String peer) {
  System.setOut(System.err);                    // the parent prints what we print
  new BaseServer(null, null, DISPATCHES.get("sequential"), new Phaser(1)).processRequest(
      new Request(peer, () -> {}, System.in, new FileOutputStream(FileDescriptor.out)));
}
// end::forking[]

// tag::demo[]
void demo() {
  for (var name : List.of("sequential", "threading", "forking")) {
    var server = new BaseServer(null, null, DISPATCHES.get(name), new Phaser(1));
    var said = new ByteArrayInputStream("who\nexit\n".getBytes());
    var heard = new ByteArrayOutputStream();
    server.processRequest(new Request(name + ":", () -> {}, said, heard));
    server.open.arriveAndAwaitAdvance();
    IO.print(heard);
    if (!heard.toString().endsWith("Goodbye\n")) stop(1, "No answer by " + name);
  }
}
// end::demo[]

// tag::arguments[]
static String name(String as, SocketAddress a) {   // a Unix client has none
  return a instanceof InetSocketAddress i ? as + i.getPort() : (a + "").replaceFirst("^$", "Local");
}

boolean isPort(String text) { return text.matches("[0-9]{1,5}") && Integer.parseInt(text) < 65536; }
void stop(int exitCode, String line) { System.err.println(line); System.exit(exitCode); }
// end::arguments[]
