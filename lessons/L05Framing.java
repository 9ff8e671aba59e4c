///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Commands run at a distance: lines go one way, frames come back

// Lesson 05: where a message ends, one conversation at a time.
//   ./jbang 05 [PORT]              run what callers ask for, at port 8000 if no other is named
//   ./jbang 05 run 8000 [ls -l]    ask for one command and exit with its code, or for several
//   ./jbang 05 demo                messages without an end, then with one
// Look for what one read brings, and for the five bytes in front of each frame.

// tag::main[]
import static java.nio.charset.StandardCharsets.UTF_8;

void main(String... args) throws InterruptedException, IOException {
  var asked = args.length == 0 ? "8000" : String.join(" ", args);
  var words = asked.split(" ", 3);
  if (asked.equals("demo")) demo();
  else if (isPort(asked)) serve(Integer.parseInt(asked));
  else if (words[0].equals("run") && words.length > 1 && isPort(words[1])) call(words);
  else stop(2, "usage: ./jbang 05 [PORT | run PORT [COMMAND [ARGUMENT...]] | demo]");
}

void serve(int port) throws InterruptedException {
  try (var listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
    IO.println("Listening on localhost:" + listener.getLocalPort());
    while (true) converse(listener.accept());
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + port + ": " + failed.getMessage()
        + ". Stop what runs there, or name another port: ./jbang 05 8001");
  }
}
// end::main[]

// tag::converse[]
void converse(Socket client) throws InterruptedException {
  try (client) {
    IO.println("From port " + client.getPort() + ":");
    var in = new BufferedInputStream(client.getInputStream());   // one for the whole conversation
    for (String command; (command = readCommand(in)) != null; ) {
      answer(command, client.getOutputStream());
      if (command.equals("exit")) break;
    }
  } catch (IOException lost) {
    IO.println("  lost: " + lost.getMessage());
  }
}
// end::converse[]

// tag::line[]
static final int MAX_LINE_BYTES = 1024;

/** The words of one line, a blank between two; null if the client has hung up instead. */
String readCommand(InputStream in) throws IOException {
  var line = new ByteArrayOutputStream();
  for (int next; (next = in.read()) != '\n'; ) {   // NOTE: a silent client holds us; lesson 07
    if (next < 0 && line.size() == 0) return null;
    if (next < 0) throw new EOFException("closed in the middle of a line");
    if (line.size() == MAX_LINE_BYTES) throw new IOException("over " + MAX_LINE_BYTES + " bytes");
    line.write(next);
  }                                             // whole: now no character can be cut in two
  return line.toString(UTF_8).strip().replaceAll("\\s+", " ").replaceAll("\\p{C}", "\uFFFD");
}
// end::line[]

// tag::frame[]
static final int STDOUT = 1, STDERR = 2, EXIT = 3;   // an answer is frames, the last of them EXIT
static final int MAX_FRAME_BYTES = 16 * 1024;        // of payload

/** Type, length, payload: in one write, and one frame at a time, so that no two mingle. */
synchronized void send(OutputStream out, int type, byte... payload) throws IOException {
  var frame = ByteBuffer.allocate(5 + payload.length);           // big endian if not told otherwise
  out.write(frame.put((byte) type).putInt(payload.length).put(payload).array());
}

byte[] readPayload(DataInputStream in) throws IOException {
  int length = in.readInt();                    // four bytes, in one piece or in four
  if (length < 0 || length > MAX_FRAME_BYTES)
    throw new IOException("a frame of %,d bytes".formatted(Integer.toUnsignedLong(length)));
  var payload = new byte[length];
  in.readFully(payload);                        // exactly so many, or EOFException
  return payload;
}
// end::frame[]

// tag::allow[]
/** What may be run, with which arguments. What is not named here is refused. */
static final List<String> ALLOWED = List.of(
    "uptime( -[ps])?",
    "ls( .+)?",                                 // whatever it is told, it only looks
    "date( -u| -d @[0-9]+| [+][^ ]+)*");        // no -s, which sets the clock; no -f

void answer(String command, OutputStream out) throws InterruptedException, IOException {
  int exitCode = command.equals("exit") ? 0
      : ALLOWED.stream().anyMatch(command::matches) ? run(command.split(" "), out)
      : refuse(126, "refused, not on the list: " + command, out);
  send(out, EXIT, ByteBuffer.allocate(4).putInt(exitCode).array());
  IO.println("  " + command + ": exit code " + exitCode);
}

int refuse(int exitCode, String line, OutputStream out) throws IOException {
  send(out, STDERR, (line + "\n").getBytes(UTF_8));
  return exitCode;
}
// end::allow[]

// tag::run[]
static final int RUN_SECONDS = 10, BEAT_MILLIS = 2000;

int run(String[] words, OutputStream out) throws InterruptedException, IOException {
  Process process;
  try {
    process = new ProcessBuilder(words).start();
  } catch (IOException absent) {
    return refuse(127, "no such program here: " + words[0], out);
  }
  var helpers = Executors.newFixedThreadPool(3);
  helpers.submit(() -> relay(process.getInputStream(), STDOUT, out));
  helpers.submit(() -> relay(process.getErrorStream(), STDERR, out));
  var inTime = helpers.submit(() -> {
    boolean ended = process.waitFor(RUN_SECONDS, TimeUnit.SECONDS);
    if (!ended) process.toHandle().destroyForcibly();   // and no stream of it
    return ended;
  });
  helpers.shutdown();                           // they end with their tasks
  try {                                         // an empty frame asks: is anybody still there?
    while (!helpers.awaitTermination(BEAT_MILLIS, TimeUnit.MILLISECONDS)) send(out, STDOUT);
  } finally {
    process.destroyForcibly();
  }
  return inTime.resultNow() ? process.waitFor()
      : refuse(process.waitFor(), "killed after " + RUN_SECONDS + " s", out);
}

/** If it fails, nobody listens. The next empty frame fails as well, and that ends the command. */
boolean relay(InputStream from, int type, OutputStream to) throws IOException {
  var chunk = new byte[MAX_FRAME_BYTES];        // all that we ever keep
  for (int n; (n = from.read(chunk)) >= 0; ) send(to, type, Arrays.copyOf(chunk, n));
  return true;
}
// end::run[]

// tag::call[]
void call(String... words) {
  try (var server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[1]))) {
    if (words.length == 3) System.exit(ask(words[2], server));
    for (String line; (line = IO.readln("> ")) != null && !line.equals("exit"); )
      IO.println("exit code " + ask(line, server));
  } catch (IOException lost) {                  // 255: a code that no command here has
    stop(255, "lost: " + Objects.requireNonNullElse(lost.getMessage(), "closed too early"));
  }
}

int ask(String command, Socket server) throws IOException {
  server.getOutputStream().write((command.replace('\n', ' ') + "\n").getBytes(UTF_8));
  var in = new DataInputStream(server.getInputStream());
  while (true) {
    int type = in.readUnsignedByte();
    var payload = readPayload(in);              // a type that we do not know can be skipped
    if (type == STDOUT) new FileOutputStream(FileDescriptor.out).write(payload);
    if (type == STDERR) new FileOutputStream(FileDescriptor.err).write(payload);
    if (type == EXIT) return new DataInputStream(new ByteArrayInputStream(payload)).readInt();
  }
}
// end::call[]

// tag::demo[]
void demo() throws InterruptedException, IOException {
  try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      var near = new Socket(listener.getInetAddress(), listener.getLocalPort());
      var far = listener.accept()) {
    show("three writes, one read:  ", near, far, 1024, "msg0", "msg1", "msg2");
    show("one write, ten reads:    ", near, far, 3, "Closed on Sundays, as always.");
    show("é€😀, three bytes a read: ", near, far, 3, "é€😀");
    near.getOutputStream().write("date -u -d @0\nexit\n".getBytes(UTF_8));
    converse(far);
    var hex = HexFormat.ofDelimiter(" ").formatHex(near.getInputStream().readAllBytes());
    IO.println(hex.replaceAll("(.{48})", "$1\n"));
  }
}

void show(String what, Socket from, Socket to, int most, String... writes) throws IOException {
  for (var text : writes) from.getOutputStream().write(text.getBytes(UTF_8));
  var in = to.getInputStream();
  while (in.available() < String.join("", writes).getBytes(UTF_8).length) Thread.onSpinWait();
  for (var read = new byte[most]; in.available() > 0; )
    what += "[" + new String(read, 0, in.read(read), UTF_8) + "]";
  IO.println(what);
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
