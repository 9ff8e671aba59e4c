///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION What ten thousand idle callers cost a server of lessons 12 to 19 (Linux)
// In the folder of the workbook, on Linux:
//   ./jbang idle 13                      10,000 callers of lesson 13, which has 32 MB of heap
//   ./jbang idle 17 10000 1g platform    so many callers, such a heap, this architecture
// One thread calls, hears the greeting, and stays. What the server holds is read from /proc before
// and after, behind a collection of its garbage. Then one of the callers says a line. In the room
// of lesson 15 it is heard by all of them, in the other lessons by itself.
// Look for the threads, and for what one more caller costs.
static final int LINES = 1_001;
static final int PATIENCE_MILLIS = 20_000;

void main(String... args) throws Exception {
  // Lesson 14 has no callers, and what serves one at a time or a process for each holds no
  // thousands.
  var usage = "1[235679]( [1-9]\\d{0,4}( [1-9]\\d{0,3}[mg]( [a-z]+)?)?)?";
  if (!String.join(" ", args).matches(usage))
    stop(
        2,
        "usage: ./jbang idle LESSON [CALLERS [HEAP [ARCHITECTURE]]], lesson 12, 13, 15 to 17 or"
            + " 19");
  var source = source(args[0]);
  int callers = args.length < 2 ? 10_000 : Integer.parseInt(args[1]);
  var heap = "-Xmx" + (args.length < 3 ? "32m" : args[2]);
  var classes = Files.createTempDirectory("idle");
  var failure = "";
  try {
    run("javac", "-nowarn", "-d", classes.toString(), source.toString());
    var lesson = source.getFileName().toString().replace(".java", "");
    var command = new ArrayList<>(List.of(tool("java"), heap, "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classes.toString(), lesson, "0"));
    command.addAll(List.of(args).subList(Math.min(args.length, 3), args.length));
    IO.println(
        "%s, Linux %s, %d processors, Java %s. Made by: ./jbang idle %s"
            .formatted(
                LocalDate.now(),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                String.join(" ", args)));
    IO.println(lesson + " with " + heap + "\n");
    var quiet = ProcessBuilder.Redirect.DISCARD;
    var server = new ProcessBuilder(command).redirectError(quiet).start();
    try {
      measure(server, callers, Files.readString(source).contains("// tag::service[]"));
    } catch (IOException failed) {
      failure =
          "%s: does it serve so many at once, and with %s?".formatted(failed.getMessage(), heap);
    } finally {
      server.toHandle().destroyForcibly();
      server.onExit().join();
    }
  } finally {
    try (var files = Files.list(classes)) {
      for (var file : files.toList()) Files.delete(file);
    }
    Files.delete(classes);
  }
  if (!failure.isEmpty()) stop(1, failure);
}

void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}

Path source(String number) throws IOException {
  try (var files = Files.newDirectoryStream(Path.of("lessons"), "L" + number + "*.java")) {
    return files.iterator().next();
  }
}

static String tool(String name) {
  return Path.of(System.getProperty("java.home"), "bin", name).toString();
}

static void run(String tool, String... args) throws IOException, InterruptedException {
  var command = new ArrayList<>(List.of(tool(tool)));
  command.addAll(List.of(args));
  new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
}

void measure(Process server, int callers, boolean dialogue) throws Exception {
  var out = server.inputReader();
  var listening = out.readLine();
  if (listening == null) throw new EOFException("The server did not start");
  int port = Integer.parseInt(listening.replaceFirst(".*:", ""));
  Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {})); // else its pipe fills
  var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  var held = new ArrayList<Socket>();
  try {
    held.add(greeted(address));
    lineMicros(held, dialogue); // what is loaded at the first line is no caller's cost
    var few = Holdings.of(server.pid());
    few.print(1);
    long start = System.nanoTime();
    while (held.size() < callers) held.add(greeted(address));
    long millis = (System.nanoTime() - start) / 1_000_000;
    var many = Holdings.of(server.pid());
    many.print(callers);
    IO.println(
        "\nOne idle caller: %.1f KB. All were greeted in %,d ms."
            .formatted((many.kilobytes - few.kilobytes) / (callers - 1.0), millis));
    IO.println(
        dialogue
            ? "One line answered among them, median: %,d µs".formatted(lineMicros(held, true))
            : "One line, until all have it: %,d ms".formatted(lineMicros(held, false) / 1_000));
  } finally {
    for (var caller : held) caller.close();
  }
}

Socket greeted(InetSocketAddress address) throws IOException {
  var caller = new Socket();
  caller.setSoTimeout(PATIENCE_MILLIS);
  caller.connect(address);
  hear(caller);
  return caller;
}

/** From a line of the last caller's to the answer, or to the last of all who hear it. */
long lineMicros(List<Socket> callers, boolean dialogue) throws IOException {
  var speaker = callers.getLast();
  var nanos = new long[dialogue ? LINES : 1];
  for (int i = 0; i < nanos.length; i++) {
    long start = System.nanoTime();
    speaker.getOutputStream().write(new byte[] {'0', '\n'});
    for (var listener : dialogue ? List.of(speaker) : callers) hear(listener);
    nanos[i] = System.nanoTime() - start;
  }
  Arrays.sort(nanos);
  return nanos[nanos.length / 2] / 1_000;
}

/** One line, which comes alone. */
void hear(Socket caller) throws IOException {
  var line = new byte[64];
  int length = 0;
  do {
    int count = caller.getInputStream().read(line, length, line.length - length);
    if (count < 0) throw new EOFException("The server has hung up");
    length += count;
  } while (line[length - 1] != '\n');
}

record Holdings(long kilobytes, long threads) {
  static Holdings of(long pid) throws IOException, InterruptedException {
    run("jcmd", Long.toString(pid), "GC.run");
    long kilobytes = 0;
    long threads = 0;
    for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      var words = line.split("\\s+");
      if (words[0].equals("VmRSS:")) kilobytes = Long.parseLong(words[1]);
      if (words[0].equals("Threads:")) threads = Long.parseLong(words[1]);
    }
    return new Holdings(kilobytes, threads);
  }

  void print(int callers) {
    IO.println(
        "%,6d %-8s %,9d KB resident, %,d threads"
            .formatted(callers, callers == 1 ? "caller:" : "callers:", kilobytes, threads));
  }
}
