///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Every option of every socket, and experiments with those that matter

// Lesson 08: set an option, ask Java, ask the kernel, and see what changes.
//
//   ./jbang 08         every option: its default, another value, and what is said of it then
//   ./jbang 08 stall   write, write, read: Nagle's algorithm meets the delayed ACK
//   ./jbang 08 demo    all that, and the other experiments: rebind, linger, keepalive
//
// What the kernel says comes from ss (Linux). Look for what differs from what was set.

// tag::main[]
import static java.net.StandardSocketOptions.*;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE;

static final String USAGE = "usage: ./jbang 08 [stall | rebind | linger | keepalive | demo]";

void main(String... args) throws IOException {
  switch (String.join(" ", args)) {
    case "" -> options();
    case "stall" -> stall();
    case "rebind" -> rebind();
    case "linger" -> linger();
    case "keepalive" -> keepalive();
    case "demo" -> { options(); stall(); rebind(); linger(); keepalive(); }
    default -> { System.err.println(USAGE); System.exit(2); }
  }
  if (kernel(0, "(State)").equals("-")) IO.println("There is no ss here to ask the kernel with.");
  IO.println(("Again: ./jbang 08 " + String.join(" ", args)).strip());
}
// end::main[]

// tag::options[]
static final InetAddress HOME = InetAddress.getLoopbackAddress();
static final InetSocketAddress ANY_PORT = new InetSocketAddress(HOME, 0);

void options() throws IOException {
  try (var s = new Socket(); var ss = new ServerSocket(0, 2, HOME);
      var ds = new DatagramSocket(ANY_PORT); var dc = DatagramChannel.open().bind(ANY_PORT);
      var sc = SocketChannel.open(); var ssc = ServerSocketChannel.open().bind(ANY_PORT);
      var usc = SocketChannel.open(StandardProtocolFamily.UNIX);
      var ussc = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
    var trials = Stream.of(
        new Type("S", s.supportedOptions(), s::getOption, s::setOption, s::getLocalPort),
        new Type("SS", ss.supportedOptions(), ss::getOption, ss::setOption, ss::getLocalPort),
        new Type("DS", ds.supportedOptions(), ds::getOption, ds::setOption, ds::getLocalPort),
        channel("SC", sc, sc.socket()::getLocalPort), channel("USC", usc, () -> 0),
        channel("SSC", ssc, ssc.socket()::getLocalPort), channel("USSC", ussc, () -> 0),
        channel("DC", dc, dc.socket()::getLocalPort))
        .flatMap(type -> type.options.stream().map(type::tryOut)).toList();
    for (var client : List.of(s, sc.socket())) client.connect(ss.getLocalSocketAddress());
    var rows = new TreeMap<String, String>();   // types that agree share a row
    for (var it : trials) rows.merge(it.row(), it.type.name, (one, more) -> one + " " + more);
    IO.println(ROW.formatted("option", "default", "set", "Java", "kernel") + "types");
    rows.forEach((row, names) -> IO.println(row + names));
  }
}

Type channel(String name, NetworkChannel it, IntSupplier port) {
  return new Type(name, it.supportedOptions(), it::getOption, it::setOption, port);
}
// end::options[]

// tag::try-out[]
interface Getter { <T> T get(SocketOption<T> option) throws IOException; }
interface Setter { <T> Object set(SocketOption<T> option, T value) throws IOException; }

record Type(String name, Set<SocketOption<?>> options, Getter of, Setter to, IntSupplier port) {
  <T> Trial tryOut(SocketOption<T> option) {
    Object before = "-", other = "-", after = "refused";
    try {
      before = of.get(option);
      other = switch (before) {
        case Boolean on -> !on;
        case Integer _ -> option.name().endsWith("BUF") ? 10_000 : 60;
        case null, default -> NetworkInterface.getByInetAddress(HOME);
      };
      to.set(option, option.type().cast(other));
      after = of.get(option);
    } catch (IOException refused) { }           // read only, or the peer of a socket without one
    return new Trial(this, option.name(), before, other, after);
  }
}
// end::try-out[]

// tag::kernel[]
static final String ROW = "%-21s%-9s%-15s%-15s%-11s";
static final Map<String, String> IN_SS = Map.of("SO_RCVBUF", "rb(\\d+)", "SO_SNDBUF", "tb(\\d+)",
    "IP_TOS", " tos:(\\S+)", "SO_KEEPALIVE", "timer:\\((keepalive)");

record Trial(Type type, String option, Object before, Object other, Object after) {
  String row() {
    var held = IN_SS.containsKey(option) ? kernel(type.port.getAsInt(), IN_SS.get(option)) : "-";
    return ROW.formatted(option, before, other, after, held);
  }
}

/** What ss says of the sockets with this port of ours. */
static String kernel(int port, String regex) {
  var ss = new ProcessBuilder("ss", "-tuamo", "--tos", "sport = :" + port);
  try (var lines = ss.redirectErrorStream(true).start().inputReader()) {
    var found = Pattern.compile(regex).matcher(lines.readAllAsString());
    return found.find() ? found.group(1) : "-";
  } catch (IOException notHere) {
    return "-";
  }
}
// end::kernel[]

// tag::stall[]
static final int ROUNDS = 20, NOT_COUNTED = 5;  // the first: no ACK is delayed yet

void stall() throws IOException {
  double once = exchange("one write, read", false, 8);
  double twice = exchange("write, write, read", false, 4, 4);
  double noDelay = exchange("the same, TCP_NODELAY", true, 4, 4);
  IO.println("Two writes take %.1f times as long as one, with TCP_NODELAY %.1f times."
      .formatted(twice / once, noDelay / once));
}

/** A question of 8 bytes, written in parts, and an answer of one byte. The median in µs. */
double exchange(String what, boolean noDelay, int... parts) throws IOException {
  try (var listener = new ServerSocket(0, 1, HOME);
      var client = new Socket(HOME, listener.getLocalPort()); var server = listener.accept()) {
    client.setTcpNoDelay(noDelay);
    var micros = new ArrayList<Long>();
    while (micros.size() < ROUNDS) {
      long started = System.nanoTime();
      for (int size : parts) client.getOutputStream().write(new byte[size]);
      server.getInputStream().readNBytes(8);
      server.getOutputStream().write('!');
      client.getInputStream().read();
      micros.add((System.nanoTime() - started) / 1000);
    }
    var counted = micros.stream().skip(NOT_COUNTED).sorted().toList();
    double median = counted.get(counted.size() / 2);
    IO.println("%-22s first %d µs, median %.0f µs".formatted(what, micros.getFirst(), median));
    return median;
  }
}
// end::stall[]

// tag::rebind[]
void rebind() throws IOException {
  IO.println("SO_REUSEADDR off, after a restart:       " + again(false, SO_REUSEADDR, false));
  IO.println("SO_REUSEADDR on, after a restart:        " + again(false, SO_REUSEADDR, true));
  IO.println("SO_REUSEADDR on, beside a live listener: " + again(true, SO_REUSEADDR, true));
  IO.println("SO_REUSEPORT on, beside a live listener: " + again(true, SO_REUSEPORT, true));
}

/** Whether a second listener may have the port of a first one, where the option was on. */
String again(boolean live, SocketOption<Boolean> option, boolean on) throws IOException {
  try (var first = new ServerSocket(); var second = new ServerSocket()) {
    first.setOption(option, true);
    first.bind(ANY_PORT);
    var client = new Socket(HOME, first.getLocalPort());
    first.accept().close();                     // the server ends it: TIME_WAIT is on its side
    client.close();
    if (!live) first.close();
    second.setOption(option, on);
    second.bind(first.getLocalSocketAddress());
    return "bound";
  } catch (BindException refused) {
    return refused.getMessage();
  }
}
// end::rebind[]

// tag::linger[]
void linger() throws IOException {
  for (int seconds : List.of(-1, 0)) {
    try (var listener = new ServerSocket(0, 1, HOME);
        var client = new Socket(HOME, listener.getLocalPort()); var server = listener.accept()) {
      client.setOption(SO_LINGER, seconds);
      client.close();
      IO.println("SO_LINGER " + seconds + ": the peer reads " + server.getInputStream().read());
    } catch (SocketException reset) {
      IO.println("SO_LINGER " + seconds + ": the peer meets " + reset);
    }
  }
}
// end::linger[]

// tag::keepalive[]
void keepalive() throws IOException {
  try (var listener = new ServerSocket(0, 1, HOME);
      var client = new Socket(HOME, listener.getLocalPort())) {
    client.setKeepAlive(true);
    IO.println("SO_KEEPALIVE on: " + kernel(client.getLocalPort(), "(timer:.keep\\S+)"));
    client.setOption(TCP_KEEPIDLE, 30);
    IO.println("TCP_KEEPIDLE 30: " + kernel(client.getLocalPort(), "(timer:.keep\\S+)"));
  }
}
// end::keepalive[]
