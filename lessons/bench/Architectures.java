///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Measures every architecture of lessons 12 to 19 in one run, as the table of chapter 19
// Run it in the folder of the workbook, on Linux, while nothing else is at work:
//   ./jbang bench                     all of them, in about two minutes
//   ./jbang bench 13 16               only those of these lessons
// Each server is a process with the same options. What it holds is read from /proc: threads and
// proportional memory (PSS), of the server and of the processes that it has started. A reader of
// every table: compare within a column of one run, never with another machine's.
import static java.nio.charset.StandardCharsets.ISO_8859_1;

static final String GREETING = "Welcome. Enter 0, or exit.\n";
static final int ROUNDS = 201; // of which the median is taken
static final int PATIENCE_MILLIS = 10_000;
static final int STUCK_MILLIS = 1_000; // who has no answer by then waits for the slow one

static final List<String> OPTIONS =
    List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmn4m", // else what is garbage is taken for what is held
        "--enable-native-access=ALL-UNNAMED");

void main(String... lessons) throws Exception {
  var classes = Files.createTempDirectory("architectures");
  try {
    compile(classes);
    IO.println(
        """
        // %s, Linux %s, %s, %d processors; %s. Made by: ./jbang bench
        [cols="2,3,2,2,2,2,3,2,3",options="header"]
        |===
        |lesson |architecture |lines |idle clients |threads |KB for each |processor, idle \
        |first reply, ms |beside a slow one\
        """
            .formatted(
                LocalDate.now(),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version()));
    for (var architecture : architectures(Set.of(lessons))) {
      try (var server = new Server(classes, architecture)) {
        IO.println(measure(server));
      } catch (IOException | InterruptedException failed) {
        System.err.println(architecture + ": " + failed);
      }
    }
    IO.println("|===");
  } finally {
    try (var files = Files.walk(classes)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}

// What is measured ---------------------------------------------------------------------------

/** A lesson's way to serve, as its usage line names it; null if it has but one. */
record Architecture(Path file, String way) {
  String lesson() {
    return file.getFileName().toString().substring(1, 3);
  }

  String main() {
    return file.getFileName().toString().replace(".java", "");
  }

  String name() {
    return way == null ? main().substring(3).toLowerCase(Locale.ROOT) : way;
  }

  /** As many as show what one costs, and no more than it takes at once. */
  int idle() {
    return switch (name()) {
      case "blocking", "sequential" -> 1;
      case "pooled" -> 4;
      case "capped" -> 100;
      case "relay", "forking" -> 10;
      default -> 1_000;
    };
  }

  /** One for each caller: a hundred times as long to call. */
  boolean startsProcesses() {
    return name().equals("relay") || name().equals("forking");
  }

  /** Lines of code: no blank ones, no tags, no comments of their own. */
  long lines() throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .count();
    }
  }
}

List<Architecture> architectures(Set<String> lessons) throws IOException {
  var usage = Pattern.compile("usage: [.]/jbang [0-9]{2} \\[PORT(?: \\[([a-z |]+)])?");
  var found = new ArrayList<Architecture>();
  try (var files = Files.list(Path.of("lessons"))) {
    for (var file : files.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
      var text = Files.readString(file);
      var ways = usage.matcher(text);
      if (!text.contains("// tag::service[]") || !ways.find()) continue;
      var names = ways.group(1) == null ? new String[] {null} : ways.group(1).split(" [|] ");
      for (var way : names) found.add(new Architecture(file, way));
    }
  }
  found.removeIf(each -> !lessons.isEmpty() && !lessons.contains(each.lesson()));
  return found;
}

String measure(Server server) throws IOException, InterruptedException {
  int idle = server.architecture.idle();
  callOften(server, 20); // what is made once is no client's
  boolean single = idle == 1;
  var before = server.holds();
  var callers = new ArrayList<Socket>();
  try {
    while (callers.size() < idle) callers.add(server.call());
    var with = server.holds();
    double processor = server.processorShare();
    for (var caller : callers) reset(caller);
    callers.clear();
    if (!server.architecture.startsProcesses()) callOften(server, 2_000); // and compiled by now
    double alone = medianReply(server);
    callers.add(server.callAndReadNothing());
    var beside = single ? OptionalDouble.empty() : replyBesideASlowOne(server);
    reset(callers.removeLast());
    if (!single) alone = Math.min(alone, medianReply(server)); // and not: who was first was colder
    return "|%s |%s |%d |%,d |%,d |%s |%.0f %% |%.2f |%s"
        .formatted(
            server.architecture.lesson(),
            server.architecture.name(),
            server.architecture.lines(),
            idle,
            with.threads,
            single ? "–" : "%,d".formatted((with.kb - before.kb) / idle),
            100 * processor,
            alone / 1000,
            beside.isEmpty() ? "all wait" : "%.1f times".formatted(beside.getAsDouble() / alone));
  } finally {
    for (var caller : callers) reset(caller);
  }
}

void callOften(Server server, int times) throws IOException {
  for (int i = 0; i < times; i++) reset(server.call());
}

/** From the call to the whole greeting, in microseconds. */
double medianReply(Server server) throws IOException {
  int rounds = server.architecture.startsProcesses() ? ROUNDS / 10 : ROUNDS;
  var micros = new double[rounds];
  for (int round = 0; round < rounds; round++) {
    long start = System.nanoTime();
    var caller = server.call();
    micros[round] = (System.nanoTime() - start) / 1e3;
    reset(caller);
  }
  Arrays.sort(micros);
  return micros[rounds / 2];
}

OptionalDouble replyBesideASlowOne(Server server) throws IOException {
  try {
    reset(server.call(STUCK_MILLIS));
  } catch (SocketTimeoutException waits) {
    return OptionalDouble.empty();
  }
  return OptionalDouble.of(medianReply(server));
}

/** Leaves no TIME_WAIT: a thousand of them would be in the way of the next. */
static void reset(Socket caller) throws IOException {
  caller.setSoLinger(true, 0);
  caller.close();
}

// The server, and what /proc tells of it ------------------------------------------------------

record Holdings(int threads, long kb) {}

static final class Server implements AutoCloseable {
  final Architecture architecture;
  final Process process;
  final int port;

  Server(Path classes, Architecture architecture) throws IOException {
    this.architecture = architecture;
    var command = new ArrayList<>(List.of(java("java")));
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", classes.toString(), architecture.main(), "0"));
    if (architecture.way != null) command.add(architecture.way);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var out = process.inputReader();
    var said = out.readLine();
    if (said == null || !said.startsWith("Listening on localhost:"))
      throw new IOException("does not listen: " + said);
    port = Integer.parseInt(said.replaceFirst(".*:", ""));
    Thread.ofVirtual().start(() -> out.lines().forEach(line -> {})); // else its pipe fills
  }

  static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  Socket call() throws IOException {
    return call(PATIENCE_MILLIS);
  }

  Socket call(int millis) throws IOException {
    var caller = new Socket();
    caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
    caller.setSoTimeout(millis);
    try {
      var heard = new String(caller.getInputStream().readNBytes(GREETING.length()), ISO_8859_1);
      if (heard.equals(GREETING)) return caller;
      throw new IOException("heard " + heard);
    } catch (IOException failed) {
      reset(caller);
      throw failed;
    }
  }

  /** It has said so much that the server's answers fill both kernels' buffers. */
  Socket callAndReadNothing() throws IOException {
    var caller = call();
    var line = ("z".repeat(4000) + "\n").repeat(250).getBytes(ISO_8859_1);
    var writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) caller.getOutputStream().write(line);
              } catch (IOException closed) {
                // the measurement is over
              }
            });
    for (long last = -1, now; (now = queued(caller)) != last || now == 0; last = now) pause(300);
    if (!writer.isAlive()) throw new IOException("the slow reader was dropped");
    return caller;
  }

  /** What waits in the kernel on the caller's side: it grows until the server reads no more. */
  private static long queued(Socket caller) throws IOException {
    var ports =
        "^ *[0-9]+: \\S+:%04X \\S+:%04X .*".formatted(caller.getLocalPort(), caller.getPort());
    for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (var row : Files.readAllLines(Path.of(table))) {
        if (row.matches(ports)) return Long.parseLong(row.strip().split(" +")[4].split(":")[0], 16);
      }
    }
    return 0;
  }

  List<Long> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** After its garbage is collected. */
  Holdings holds() throws IOException, InterruptedException {
    int threads = 0;
    long kb = 0;
    for (long pid : processes()) {
      new ProcessBuilder(java("jcmd"), "" + pid, "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
        threads += (int) tasks.count();
        for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
          if (line.startsWith("Pss:")) kb += Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      } catch (NoSuchFileException ended) {
        // the child of a caller who has left
      }
    }
    return new Holdings(threads, kb);
  }

  /** How much of one processor it takes while nobody speaks. */
  double processorShare() {
    long start = System.nanoTime(), used = used();
    pause(1_000);
    return (used() - used) * 1e6 / (System.nanoTime() - start);
  }

  private long used() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToLong(Duration::toMillis)
        .sum();
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly(); // and none of its streams: somebody reads them
    process.onExit().join();
  }
}

// The lessons' classes, as JBang would make them -------------------------------------------------

void compile(Path classes) throws IOException, InterruptedException {
  var command = new ArrayList<>(List.of(Server.java("javac"), "-nowarn", "-d", classes.toString()));
  try (var files = Files.newDirectoryStream(Path.of("lessons"), "L1[2-9]*.java")) {
    files.forEach(file -> command.add(file.toString()));
  }
  int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
  if (exitCode != 0) throw new IOException("the lessons do not compile");
}
