///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION A chat by turns: one caller is answered, the others wait

// Lesson 04: a person at each end of one wire, and one conversation at a time.
//
//   ./jbang 04 [PORT]         answer callers from this keyboard, on port 9999 or the one you name
//   ./jbang 04 call [PORT]    call it, and speak first; ./jbang nc localhost 9999 will do as well
//   ./jbang 04 demo           two callers and a queue that fills, then stop
//
// exit, from either side, ends a conversation. 0 is answered by the program, not by its person.
// When the keyboard's input has ended (Ctrl-D), the program answers everything by itself.
// Look for when the second caller gets an answer.

// tag::main[]
void main(String... args) throws IOException {
  var asked = args.length == 0 ? "9999" : String.join(" ", args);
  if (asked.equals("call")) asked = "call 9999";
  if (asked.equals("demo")) demo();
  else if (isPort(asked)) serve(Integer.parseInt(asked));
  else if (asked.startsWith("call ") && isPort(asked.substring(5))) call(asked.substring(5));
  else stop(2, "usage: ./jbang 04 [PORT | call [PORT] | demo]");
}

void serve(int port) {
  try (var listener = listen(port)) {
    while (true) talkToNext(listener);          // NOTE: one after the other; lesson 16
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + port + ": " + failed.getMessage()
        + ". Stop what runs there, or name another port: ./jbang 04 9998");
  }
}
// end::main[]

// tag::listen[]
static final int BACKLOG = 5;                   // for callers who wait; the kernel adds one

ServerSocket listen(int port) throws IOException {
  var listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
  IO.println("Listening on localhost:" + listener.getLocalPort());
  return listener;                              // the caller closes it
}
// end::listen[]

// tag::next[]
void talkToNext(ServerSocket listener) throws IOException {
  var caller = listener.accept();               // the one who has waited longest
  try (caller) {
    IO.println("A call from port " + caller.getPort() + ".");
    dropWhatNobodyHeard();
    answer(caller);
    IO.println("Goodbye, port " + caller.getPort() + ".");
  } catch (IOException lost) {                  // the next caller need not know
    IO.println("  lost: " + lost.getMessage());
  }
}
// end::next[]

// tag::answer[]
/** Their line, our line, and again: one thread can wait for the wire or for the keyboard. */
void answer(Socket caller) throws IOException {
  var in = new BufferedInputStream(caller.getInputStream());   // one for the whole conversation
  for (String theirs; (theirs = readLine(in)) != null; ) {     // NOTE: without limit; lesson 07
    IO.println("They: " + visible(theirs));
    var ours = answerTo(theirs);
    say(caller, ours);
    if (ours.equals("exit")) return;
  }
}

String answerTo(String line) throws IOException {
  if (line.equals("exit")) return "exit";       // said by one, confirmed by the other
  if (line.equals("0")) return byItself("You entered 0");
  var typed = typed();                          // NOTE: deaf to the wire meanwhile; lesson 16
  return typed != null ? typed : byItself("Don't answer, don't answer, don't answer");
}

String byItself(String answer) {
  IO.println("Auto: " + answer);
  return answer;
}
// end::answer[]

// tag::call[]
static final int CONNECT_MILLIS = 5_000;        // where the queue is full, nobody says no

void call(String port) {
  try (var server = connect(Integer.parseInt(port), CONNECT_MILLIS)) {
    IO.println("Connected. You speak first; exit ends it.");
    ask(server);
  } catch (IOException lost) {
    stop(1, "lost: port " + port + ": " + lost.getMessage());
  }
}

Socket connect(int port, int millis) throws IOException {
  var socket = new Socket();
  socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
  return socket;                                // who calls this closes it
}

void ask(Socket server) throws IOException {
  var in = new BufferedInputStream(server.getInputStream());
  for (String theirs = ""; !theirs.equals("exit"); ) {
    var ours = typed();
    if (ours != null) say(server, ours);
    else if (!server.isOutputShutdown()) server.shutdownOutput();   // all said; we still listen
    theirs = readLine(in);
    IO.println(theirs == null ? "They have hung up." : "They: " + visible(theirs));
    if (theirs == null) return;
  }
}
// end::call[]

// tag::lines[]
static final int MAX_LINE_BYTES = 4 * 1024;     // as much as a terminal takes in one line

/** The next line without its end, in one read or in ten. Null if they have said all. */
String readLine(InputStream in) throws IOException {
  var line = new ByteArrayOutputStream();
  for (int next; (next = in.read()) != '\n'; line.write(next)) {
    if (next < 0 && line.size() == 0) return null;
    if (next < 0) throw new EOFException("closed in the middle of a line");
    if (line.size() == MAX_LINE_BYTES) throw new IOException("over " + MAX_LINE_BYTES + " bytes");
  }
  var text = line.toString(StandardCharsets.UTF_8);   // not before: a read may end in a character
  return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
}

void say(Socket other, String line) throws IOException {
  other.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
}
// end::lines[]

// tag::keyboard[]
final BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
boolean nobodyTypes;

/** A line from the keyboard; null once its input has ended. */
String typed() throws IOException {
  if (nobodyTypes) return null;
  IO.print("You: ");
  var line = keyboard.readLine();
  nobodyTypes = line == null;
  if (nobodyTypes) IO.println("(nobody types any more)");
  return line;
}

/** What was typed before the call is no answer to it. */
void dropWhatNobodyHeard() throws IOException {
  while (!nobodyTypes && keyboard.ready()) IO.println("Nobody heard: " + keyboard.readLine());
}
// end::keyboard[]

// tag::visible[]
/** What a stranger says, without what a terminal would obey: ESC becomes ␛. */
String visible(String line) {
  var text = new StringBuilder();
  for (char c : line.toCharArray()) {
    text.append(!Character.isISOControl(c) ? c : c < ' ' ? (char) (0x2400 + c) : '\uFFFD');
  }
  return text.toString();
}
// end::visible[]

// tag::demo[]
void demo() throws IOException {
  nobodyTypes = true;
  try (var listener = listen(0);
      var first = connect(listener.getLocalPort(), CONNECT_MILLIS);
      var second = connect(listener.getLocalPort(), CONNECT_MILLIS)) {
    for (var caller : List.of(second, first)) {
      say(caller, "Yaoyao");
      say(caller, "exit");
    }
    talkToNext(listener);
    IO.println("The second has heard " + second.getInputStream().available() + " bytes so far.");
    talkToNext(listener);
  }
  fillTheQueue(1);
}

void fillTheQueue(int backlog) throws IOException {
  var waiting = new ArrayList<Socket>();
  try (var listener = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress())) {
    while (true) waiting.add(connect(listener.getLocalPort(), 300));
  } catch (IOException full) {
    IO.println("Backlog " + backlog + ": " + waiting.size() + " connected; the next: " + full);
  }
  for (var caller : waiting) caller.close();
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
