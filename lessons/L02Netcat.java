///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Our own nc: connect or listen, then carry bytes both ways

// Lesson 02: the steps of a client, and the ways in which the second of them fails.
//
//   ./jbang 02                                       six connects, and how each ends (also: demo)
//   ./jbang nc [-w SECONDS] [-s ADDRESS] HOST PORT   call; -s: from this address of ours
//   ./jbang nc [-w SECONDS] -l PORT                  wait for one caller; port 0 takes any free one
//
// -w bounds the connect, then each read. Ctrl-D says that you have said all. Exit codes: 0 done,
// 1 lost or not ours, 2 usage, 3 refused, 4 timed out, 5 unreachable, 6 unknown host.
// Look for how long each failure takes.

// tag::main[]
void main(String... args) throws InterruptedException, IOException {
  if (args.length == 0 || String.join(" ", args).equals("demo")) demo();
  else netcat(args);
}

void netcat(String... args) throws InterruptedException {
  try {
    var call = Call.parse(args);
    try (var socket = call.listen ? acceptOne(call) : connect(call)) {
      socket.setSoTimeout(call.readMillis);
      talk(socket);
    }
  } catch (IOException failed) {
    stop(Outcome.of(failed).exitCode, Outcome.of(failed).words + ": " + failed.getMessage());
  } catch (IllegalArgumentException | NoSuchElementException misused) {
    stop(2, "usage: ./jbang nc [-w SECONDS] [-s ADDRESS] HOST PORT | -l PORT");
  }
}
// end::main[]

// tag::connect[]
/** Tries every address of the host in turn. Who calls this closes the socket. */
Socket connect(Call call) throws IOException {
  IOException failure = null;
  for (var address : InetAddress.getAllByName(call.host)) {
    if (failure != null) tell(Outcome.of(failure).words + ", trying " + address.getHostAddress());
    var socket = new Socket();                  // a new one each time: a failed connect closes it
    try {
      if (call.source != null) socket.bind(new InetSocketAddress(call.source, 0));
      socket.connect(new InetSocketAddress(address, call.port), call.connectMillis);
      return socket;
    } catch (IOException failed) {
      socket.close();                           // a failed bind does not close it
      if (failure != null) failed.addSuppressed(failure);
      failure = failed;
    }
  }
  throw failure;                                // a host that is known has at least one address
}
// end::connect[]

// tag::accept[]
/** Takes one caller and closes the door behind it. Who calls this closes the socket. */
Socket acceptOne(Call call) throws IOException {
  try (var listener = new ServerSocket(call.port, 1, InetAddress.getLoopbackAddress())) {
    tell("listening on localhost port " + listener.getLocalPort());
    listener.setSoTimeout(call.readMillis);
    return listener.accept();
  } catch (BindException taken) {
    throw new BindException("port " + call.port + ": " + taken.getMessage());
  }
}
// end::accept[]

// tag::talk[]
/** Our input to them and their words to us, both at once, until both have ended. */
void talk(Socket socket) throws InterruptedException {
  var sender = Thread.ofPlatform().daemon().start(() -> send(socket));
  try {
    copy(socket.getInputStream(), new FileOutputStream(FileDescriptor.out));
  } catch (SocketTimeoutException silence) {
    stop(4, "timed out: no byte came in time");
  } catch (IOException lost) {
    stop(1, "lost: " + lost.getMessage());
  }
  sender.join();                                // they may be done before we are
}

void send(Socket socket) {
  try {
    copy(System.in, socket.getOutputStream());
    socket.shutdownOutput();                    // half-close: we have said all, and still listen
  } catch (IOException lost) {
    stop(1, "lost: " + lost.getMessage());
  }
}

void copy(InputStream in, OutputStream out) throws IOException {
  var chunk = new byte[16 * 1024];
  for (int count; (count = in.read(chunk)) >= 0; ) out.write(chunk, 0, count);
}
// end::talk[]

// tag::outcome[]
/** What went wrong: our exit code, the word for it, and what Python's connect_ex says (Linux). */
record Outcome(int exitCode, String words, String connectEx) {
  static Outcome of(IOException failed) {
    return switch (failed) {
      case UnknownHostException e -> new Outcome(6, "unknown host", "raises gaierror");
      case SocketTimeoutException e -> new Outcome(4, "timed out", "11 EAGAIN");
      case ConnectException e -> new Outcome(3, "refused", "111 ECONNREFUSED");
      case BindException e -> new Outcome(1, "not ours", "bind raises OSError");
      case NoRouteToHostException e -> new Outcome(5, "unreachable", "113 EHOSTUNREACH");
      case SocketException e when "Network is unreachable".equals(e.getMessage()) ->
          new Outcome(5, "unreachable", "101 ENETUNREACH");   // no class of its own
      default -> new Outcome(1, "lost", "another number");
    };
  }
}

/** Both directions may fail at once: the first to come here speaks for both. */
synchronized void stop(int exitCode, String line) {
  tell(line);
  System.exit(exitCode);
}

void tell(String line) {
  System.err.println("nc: " + line);            // stdout belongs to the conversation
}
// end::outcome[]

// tag::demo[]
void demo() throws IOException {
  var home = InetAddress.getLoopbackAddress().getHostAddress();
  var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  try (server) {                                // it never accepts
    attempt("a first caller", home, server.getLocalPort());
    attempt("a second", home, server.getLocalPort());
    attempt("a third", home, server.getLocalPort());
  }
  attempt("nobody listens", home, server.getLocalPort());
  attempt("a group's address", "224.0.0.1", 80);
  attempt("no such name", "no..name", 80);      // an empty label: no resolver would even ask
}

void attempt(String what, String host, int port) {
  var outcome = new Outcome(0, "connected", "0");
  var started = System.nanoTime();
  try {
    connect(new Call(false, 500, FOREVER, null, host, port)).close();
  } catch (IOException failed) {
    outcome = Outcome.of(failed);
  }
  var millis = (System.nanoTime() - started) / 1_000_000;
  IO.println("%-19s%-14sconnect_ex: %-18s%d ms"
      .formatted(what, outcome.words, outcome.connectEx, millis));
}
// end::demo[]

// tag::call[]
static final int CONNECT_MILLIS = 5_000;        // left alone, the kernel tries for two minutes
static final int FOREVER = 0;                   // what setSoTimeout means by 0

record Call(
    boolean listen, int connectMillis, int readMillis, InetAddress source, String host, int port) {
  static Call parse(String... args) {
    var words = new ArrayDeque<>(List.of(args));
    boolean listen = false;
    int seconds = 0;
    InetAddress source = null;
    while (words.element().startsWith("-")) {
      switch (words.remove()) {
        case "-l" -> listen = true;
        case "-w" -> seconds = number(words.remove(), 1, 100);
        case "-s" -> source = InetAddress.ofLiteral(words.remove());
        default -> throw new IllegalArgumentException();
      }
    }
    var host = listen ? "localhost" : words.remove();
    var port = number(words.remove(), listen ? 0 : 1, 65535);
    boolean wrong = !words.isEmpty() || host.isEmpty() || listen && source != null;
    if (wrong) throw new IllegalArgumentException();
    var connectMillis = seconds == 0 ? CONNECT_MILLIS : seconds * 1000;
    return new Call(listen, connectMillis, seconds * 1000, source, host, port);
  }

  static int number(String digits, int least, int most) {
    int value = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    if (value >= least && value <= most) return value;
    throw new IllegalArgumentException();
  }
}
// end::call[]
