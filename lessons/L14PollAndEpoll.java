///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Below the selector: poll and epoll of Linux, called by hand
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED

// Lesson 14: what lies under the selector. No Java socket here: the C library of Linux, by hand.
//   ./jbang 14               level and edge: who tells of the same bytes, and when (also: demo)
//   ./jbang 14 poll [PORT]   print what anyone sends, on port 8014; with poll, or else with epoll
//   ./jbang 14 cost          what a wakeup costs beside 0 to 10,000 idle descriptors
// Look for the row that falls silent while bytes lie there.

// tag::main[]
import static java.lang.foreign.ValueLayout.*;
import static java.nio.charset.StandardCharsets.UTF_8;

void main(String... args) {
  var asked = args.length == 0 ? "demo" : String.join(" ", args);
  boolean serves = asked.matches("e?poll( [1-9][0-9]{0,4})?");
  int port = serves ? Integer.parseInt((asked + " 8014").split(" ")[1]) : 0;
  if (port > 65535 || !serves && !asked.matches("demo|cost"))
    stop(2, "usage: ./jbang 14 [demo | poll [PORT] | epoll [PORT] | cost]");
  if (!System.getProperty("os.name").equals("Linux"))
    stop(asked.equals("demo") ? 0 : 1, "Lesson 14 needs Linux: no other system has epoll.");
  if (serves) log(port, asked.startsWith("poll") ? new Poll() : new Epoll());
  else if (asked.equals("demo")) demo();
  else cost();
}

static void stop(int exitCode, String line) {
  (exitCode == 0 ? System.out : System.err).println(line);
  System.exit(exitCode);
}
// end::main[]

// tag::call[]
static final MemorySegment ERRNO = Arena.global().allocate(Linker.Option.captureStateLayout());
static final Map<String, MethodHandle> FUNCTIONS = new HashMap<>();

/** Calls a function of the C library. Where it fails, with −1 and errno, this is −errno. */
static int call(String name, Object... arguments) {
  var function = FUNCTIONS.computeIfAbsent(name, _ -> Linker.nativeLinker().downcallHandle(
      Linker.nativeLinker().defaultLookup().findOrThrow(name), FunctionDescriptor.of(
          name.matches("recv|send") ? JAVA_LONG : JAVA_INT, Stream.of(arguments).map(value ->
              value instanceof Integer ? JAVA_INT : value instanceof Long ? JAVA_LONG : ADDRESS)
              .toArray(MemoryLayout[]::new)),
      Linker.Option.captureCallState("errno")).asSpreader(Object[].class, arguments.length));
  try {
    long result = (long) function.invoke(ERRNO, arguments);
    return result < 0 ? -ERRNO.get(JAVA_INT, 0) : (int) result;
  } catch (Throwable notLinked) {
    throw new LinkageError(name, notLinked);
  }
}

/** For calls without which we cannot go on. If a signal came between, nobody is ready: 0. */
static int must(String name, Object... arguments) {
  int result = call(name, arguments);
  if (result < 0 && result != -EINTR) stop(1, name + " failed: errno " + -result);
  return Math.max(result, 0);
}
// end::call[]

// tag::numbers[]
static final int IN = 1, OUT = 4, EDGE = 1 << 31;   // events; an edge is known to epoll alone
static final int EINTR = 4, EAGAIN = 11, EADDRINUSE = 98;
static final int UNIX = 1, INET = 2, STREAM = 1, DATAGRAM = 2, NONBLOCK = 0x800, CLOEXEC = 0x80000;
static final MemorySegment BYTES = Arena.global().allocate(4 * 1024, 8);   // goes in, or comes out
// end::numbers[]

// tag::poll[]
interface Readiness {
  void watch(int fd, int events);               // 0: no more; it is about to be closed

  int[] await(int millis);                      // who is ready; −1: whenever somebody is
}

static class Poll implements Readiness {        // struct pollfd: int fd; short events, revents
  MemorySegment table = Arena.ofAuto().allocate(0);
  int rows;                                     // row 7 is for descriptor 7

  public void watch(int fd, int events) {
    if (8L * fd >= table.byteSize())
      table = Arena.ofAuto().allocate(16L * fd + 8, 8).fill((byte) -1).copyFrom(table);
    table.set(JAVA_INT, 8L * fd, events == 0 ? -1 : fd);   // −1: a row to pass over
    table.set(JAVA_SHORT, 8L * fd + 4, (short) events);
    rows = Math.max(rows, fd + 1);
  }

  public int[] await(int millis) {
    must("poll", table, (long) rows, millis);   // the kernel looks at every row, and so do we
    return IntStream.range(0, rows).filter(fd -> table.get(JAVA_SHORT, 8L * fd + 6) > 0).toArray();
  }
}
// end::poll[]

// tag::epoll[]
static class Epoll implements Readiness {       // struct epoll_event: int events; long data
  static final int ADD = 1, DEL = 2, MOST = 64;
  static final int DATA = System.getProperty("os.arch").equals("amd64") ? 4 : 8, SIZE = DATA + 8;
  final MemorySegment table = Arena.ofAuto().allocate(MOST * SIZE, 8);
  final int epoll = must("epoll_create1", CLOEXEC);

  public void watch(int fd, int events) {
    table.set(JAVA_INT, 0, events);
    table.set(JAVA_LONG_UNALIGNED, DATA, fd);   // ours to choose: what we are told later
    must("epoll_ctl", epoll, events == 0 ? DEL : ADD, fd, table);
  }

  public int[] await(int millis) {
    int ready = must("epoll_wait", epoll, table, MOST, millis);   // the kernel has the list
    return IntStream.range(0, ready)
        .map(row -> (int) table.get(JAVA_LONG_UNALIGNED, row * SIZE + DATA)).toArray();
  }
}
// end::epoll[]

// tag::demo[]
void demo() {
  IO.println("              8 come     again      4 read     1 comes    5 read");
  for (var name : List.of("poll", "epoll", "epoll, edge")) {
    must("socketpair", UNIX, STREAM | NONBLOCK | CLOEXEC, 0, BYTES);
    int client = BYTES.get(JAVA_INT, 0), server = BYTES.get(JAVA_INT, 4);
    var readiness = name.equals("poll") ? new Poll() : new Epoll();
    readiness.watch(server, name.endsWith("edge") ? IN | EDGE : IN);
    var row = "%-14s".formatted(name);
    for (int step : new int[] {8, 0, -4, 1, -5}) {
      if (step > 0) must("send", client, BYTES, (long) step, 0);
      if (step < 0) must("recv", server, BYTES, (long) -step, 0);
      row += "%-11s".formatted(readiness.await(0).length > 0 ? "ready" : "-");
    }
    IO.println(row.strip());
    for (int fd : new int[] {client, server}) must("close", fd);
  }
}
// end::demo[]

// tag::log[]
void log(int port, Readiness readiness) {
  int listener = listen(port);
  readiness.watch(listener, IN);
  IO.println("Listening on localhost:" + port);
  while (true)
    for (int fd : readiness.await(-1))
      if (fd == listener) accept(listener, readiness);
      else hear(fd, readiness);
}

int listen(int port) {
  int fd = must("socket", INET, STREAM | NONBLOCK | CLOEXEC, 0);
  BYTES.set(JAVA_INT, 0, 1);
  must("setsockopt", fd, 1, 2, BYTES, 4);       // SOL_SOCKET, SO_REUSEADDR
  BYTES.set(JAVA_SHORT, 0, (short) INET);       // struct sockaddr_in: family, port, address
  BYTES.asByteBuffer().position(2).putChar((char) port).putInt(0x7F000001);   // big endian
  if (call("bind", fd, BYTES, 16) == -EADDRINUSE) stop(1, "Port " + port + " is in use.");
  must("listen", fd, 50);
  return fd;
}
// end::log[]

// tag::fdmap[]
final Map<Integer, Integer> ports = new HashMap<>();   // of the callers, by descriptor

void accept(int listener, Readiness readiness) {
  BYTES.set(JAVA_INT, 16, 16);                  // how long an address may be
  int fd = call("accept4", listener, BYTES, BYTES.asSlice(16), NONBLOCK | CLOEXEC);
  if (fd < 0) { LockSupport.parkNanos(50_000_000); return; }   // no descriptor left: do not spin
  ports.put(fd, (int) BYTES.asByteBuffer().getChar(2));
  IO.println("Port " + ports.get(fd) + " calls");
  readiness.watch(fd, IN);
}

void hear(int fd, Readiness readiness) {
  int count = call("recv", fd, BYTES, BYTES.byteSize(), 0);
  if (count == -EAGAIN) return;
  var said = UTF_8.decode(BYTES.asSlice(0, Math.max(count, 0)).asByteBuffer()).toString();
  IO.println("Port " + ports.get(fd) + (count < 0 ? " lost: errno " + -count
      : count == 0 ? " has left" : ": " + said.strip().replaceAll("\\p{C}", "\uFFFD")));
  if (count > 0) return;
  readiness.watch(fd, 0);                       // as long as the number is this caller's
  call("close", fd);
}
// end::fdmap[]

// tag::cost[]
void cost() {
  for (int idle : new int[] {0, 0, 10, 100, 1_000, 10_000})   // the first round warms up
    IO.println("%5d idle: poll %8d ns, epoll %5d ns".formatted(
        idle, nanos(new Poll(), idle), nanos(new Epoll(), idle)));
}

long nanos(Readiness readiness, int idle) {
  var clock = java.lang.management.ManagementFactory.getThreadMXBean();   // ours alone
  var fds = IntStream.rangeClosed(0, idle).map(_ -> must("socket", INET, DATAGRAM, 0)).toArray();
  for (int fd : fds) readiness.watch(fd, fd == fds[idle] ? OUT : IN);   // one is ready
  int rounds = 20_000_000 / (100 + 10 * idle);  // fewer of those that take longer
  long start = clock.getCurrentThreadCpuTime();
  for (int round = 0; round < rounds; round++) readiness.await(-1);
  long nanos = clock.getCurrentThreadCpuTime() - start;
  for (int fd : fds) must("close", fd);
  return nanos / rounds;
}
// end::cost[]
