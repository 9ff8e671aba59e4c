///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION A chat room on one thread, which a slow listener can neither fill nor stop

// Lesson 15: what one says, all hear. One of them does not read.
//
//   ./jbang 15 [PORT]   a room on port 8015 or yours; ./jbang nc localhost 8015 is its door
//   ./jbang 15 demo     a speaker, and a listener who does not read
//
// Look for how much may wait for one listener, and for how long the others wait with it.

// tag::main[]
import static java.nio.channels.SelectionKey.*;
import static java.nio.charset.StandardCharsets.UTF_8;

void main(String... args) throws IOException {
  var asked = args.length == 0 ? "8015" : String.join(" ", args);
  boolean demo = asked.equals("demo");
  int port = demo ? 0 : asked.matches("[0-9]{1,5}") ? Integer.parseInt(asked) : 65536;
  if (port > 65535) exit(2, "usage: ./jbang 15 [PORT | demo]");
  try { open(port); } catch (IOException failed) {
    exit(1, "Port " + port + ": " + failed.getMessage() + ". Name another: ./jbang 15 8016");
  }
  Runtime.getRuntime().addShutdownHook(new Thread(new FutureTask<>(this::stop)));
  Thread.ofPlatform().daemon().start(new FutureTask<>(demo ? this::demo : this::keyboard));
  loop();
}

void exit(int code, String line) { System.err.println(line); System.exit(code); }
// end::main[]

// tag::open[]
Selector selector;
ServerSocketChannel listener;

void open(int port) throws IOException {
  selector = Selector.open();
  var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  listener = ServerSocketChannel.open().bind(address);
  listener.configureBlocking(false).register(selector, OP_ACCEPT, (Runnable) this::accept);
  IO.println("Listening on localhost:" + listener.socket().getLocalPort());
}
// end::open[]

// tag::loop[]
final Set<Client> clients = new LinkedHashSet<>();

void loop() throws IOException {
  while (!stopping || !clients.isEmpty()) {
    long left = slow.isEmpty() ? 0 : Math.max(1, (deadline - System.nanoTime()) / 1_000_000 + 1);
    selector.select(key -> ((Runnable) key.attachment()).run(), left);   // 0: for ever
    var late = deadline - System.nanoTime() > 0 ? Set.<Client>of() : Set.copyOf(slow);
    for (var client : late) client.close("lost: too slow");
    if (stopping) listener.close();
    for (int now = tasks.size(); now > 0 && slow.isEmpty(); now--) tasks.remove().run();
    while (slow.isEmpty() && !paused.isEmpty()) paused.remove().key.interestOpsOr(OP_READ);
  }
  selector.close();                             // until now the port was taken
}

void accept() {
  try {
    var channel = listener.accept();
    if (channel != null) clients.add(new Client(channel));
  } catch (IOException full) {                  // no descriptor is left: ask when somebody leaves
    IO.println("accept: " + full.getMessage());
    listener.keyFor(selector).interestOps(0);
  }
}
// end::loop[]

// tag::queue[]
static final int HIGH_WATER = 64 * 1024;        // bytes that wait for one listener: too many
static final int LOW_WATER = 16 * 1024;         // few enough to go on

final class Client implements Runnable {        // all of it belongs to the thread of the loop
  final SocketChannel channel;
  final SelectionKey key;
  final String name;
  final ByteArrayOutputStream line = new ByteArrayOutputStream();   // begun, and not ended yet
  final Queue<ByteBuffer> outbound = new ArrayDeque<>();   // said to it, and not sent yet
  long waiting;                                 // bytes in there
  boolean leaving;                              // hears no more, but gets what it is owed

  void enqueue(ByteBuffer bytes) {
    outbound.add(bytes);
    waiting += bytes.remaining();
    key.interestOpsOr(OP_WRITE);
    if (waiting >= HIGH_WATER && slow.add(this)) deadline = System.nanoTime() + PATIENCE_NANOS;
  }

  void drain() throws IOException {
    waiting -= channel.write(outbound.toArray(ByteBuffer[]::new));   // as much as the kernel takes
    outbound.removeIf(said -> !said.hasRemaining());       // what it left keeps its place
    if (waiting <= LOW_WATER) slow.remove(this);
    if (outbound.isEmpty()) key.interestOpsAnd(~OP_WRITE);
    if (outbound.isEmpty() && leaving) close("has left");
  }
// end::queue[]

// tag::client[]
  Client(SocketChannel accepted) throws IOException {
    channel = accepted.setOption(StandardSocketOptions.SO_SNDBUF, HIGH_WATER);   // or it keeps MBs
    key = channel.configureBlocking(false).register(selector, OP_READ, this);
    name = "Port " + channel.socket().getPort();
    IO.println(name + " calls");
    enqueue(bytes("Welcome. What you say, all hear. exit leaves."));
  }

  public void run() {
    try {
      if (key.isWritable()) drain();
      if (!key.isValid() || !key.isReadable()) return;
      if (slow.isEmpty()) read();
      else if (paused.add(this)) key.interestOpsAnd(~OP_READ);
    } catch (IOException lost) {                // its trouble ends here; the others go on
      close("lost: " + lost.getMessage());
    }
  }

  void close(String why) {
    IO.println(name + " " + why);
    try { channel.close(); } catch (IOException late) { /* closed all the same */ }
    for (var held : List.of(clients, slow, paused)) held.remove(this);
    if (listener.isOpen()) listener.keyFor(selector).interestOps(OP_ACCEPT);
  }
// end::client[]

// tag::read[]
  void read() throws IOException {
    int count = channel.read(chunk.clear());
    if (count < 0 && line.size() > 0) throw new EOFException("closed in the middle of a line");
    if (count < 0) leave();
    for (int i = 0; i < count && !leaving; i++) {
      if (chunk.get(i) == '\n') say(line.toString(UTF_8).replaceFirst("\r\\z", ""));
      else if (line.size() < MAX_LINE_BYTES) line.write(chunk.get(i));
      else throw new IOException("over " + MAX_LINE_BYTES + " bytes");
    }
  }

  void say(String text) {
    line.reset();
    if (text.equals("exit")) enqueue(bytes("Goodbye")); else tellAll(bytes(name + ": " + text));
    if (text.equals("exit")) leave();
  }

  void leave() { leaving = true; key.interestOps(OP_WRITE); }
}
// end::read[]

// tag::room[]
static final int MAX_LINE_BYTES = 4 * 1024;     // of what one says at a time
static final long PATIENCE_NANOS = 1_000_000_000;          // of all, with those who are slow

final ByteBuffer chunk = ByteBuffer.allocate(16 * 1024);   // for one read, and then for the next
final Set<Client> slow = new HashSet<>();       // while there is one, nobody is heard
final Queue<Client> paused = new ArrayDeque<>();           // have something to say, and wait
long deadline;                                  // of those who are slow

void tellAll(ByteBuffer said) {                 // one array of bytes, and a place in it for each
  for (var client : clients) if (!client.leaving) client.enqueue(said.duplicate());
}

static ByteBuffer bytes(String text) {          // without what a terminal would obey
  return UTF_8.encode(text.replaceAll("\\p{Cc}", "\uFFFD") + "\n");
}
// end::room[]

// tag::tasks[]
final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(16);

void execute(Runnable task) throws InterruptedException {   // from any other thread
  tasks.put(task);                              // first this: who is woken looks here
  selector.wakeup();
}

Object keyboard() throws InterruptedException {
  for (String line; (line = IO.readln()) != null; ) {
    var said = bytes("Keyboard: " + line);
    execute(() -> tellAll(said));
  }
  return null;
}
// end::tasks[]

// tag::stop[]
static final int STOP_MILLIS = 1_000;           // then whoever is left is cut
final Thread room = Thread.currentThread();
volatile boolean stopping;

boolean stop() throws InterruptedException {
  stopping = true;
  selector.wakeup();
  return room.join(Duration.ofMillis(STOP_MILLIS));
}
// end::stop[]

// tag::demo[]
Object demo() throws Exception {
  var here = listener.getLocalAddress();
  try (var deaf = SocketChannel.open(here); var speaker = SocketChannel.open(here)) {
    var speech = UTF_8.encode(("-".repeat(999) + "\n").repeat(2_000) + "exit\n");
    Thread.ofPlatform().daemon().start(new FutureTask<>(() -> speaker.write(speech)));
    var heard = new BufferedReader(Channels.newReader(speaker, UTF_8)).lines();
    IO.println("The speaker has heard %,d lines.".formatted(heard.count()));
  }
  return stop();
}
// end::demo[]
