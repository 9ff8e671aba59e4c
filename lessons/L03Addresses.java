///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION What an address is made of, and what each end of a connection calls the other

// Lesson 03: names become addresses, addresses are bytes, and a connection has two of them.
//
//   ./jbang 03                  addresses, a port, a connection, kinds of sockets (also: demo)
//   ./jbang 03 of HOST          the addresses of a host: a name, or the address itself
//   ./jbang 03 of HOST PORT     call each of them, and say what the connection is called
//
// Look for one connection that has the same two names at both ends, the other way round.

// tag::main[]
void main(String... args) throws IOException {
  if (args.length == 0 || String.join(" ", args).equals("demo")) demo();
  else if (isLookup(args)) lookUp(args[1], args.length == 3 ? Integer.parseInt(args[2]) : NONE);
  else stop(2, "usage: ./jbang 03 [demo | of HOST [PORT]]");
}

void demo() throws IOException {
  IO.println("An address is 4 bytes or 16. A literal spells them, and nobody is asked:");
  LITERALS.forEach(literal -> describe(literal, InetAddress.ofLiteral(literal)));
  turnRound(8080);
  nameBothEnds();
  openEveryKind();
}
// end::main[]

// tag::literals[]
static final List<String> LITERALS = List.of("127.0.0.1", "0.0.0.0", "192.168.0.7", "224.0.0.1",
    "::1", "::", "fe80::1%1", "fd00::7", "2001:db8::7", "::ffff:127.0.0.1");

void describe(String text, InetAddress address) {
  var bytes = HexFormat.of().formatHex(address.getAddress());     // what goes over the wire
  IO.println("  %-16s %-5s %-33s%s".formatted(text, family(address), bytes, reach(address)));
}

String family(InetAddress address) {
  return address instanceof Inet6Address ? "IPv6" : "IPv4";
}

/** How far it is valid. */
String reach(InetAddress address) {
  boolean uniqueLocal =                         // fc00::/7 (RFC 4193), which Java has no method for
      address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
  if (address.isAnyLocalAddress()) return "wildcard";
  if (address.isLoopbackAddress()) return "loopback";
  if (address.isMulticastAddress()) return "multicast";
  if (address instanceof Inet6Address scoped && scoped.isLinkLocalAddress())
    return "link-local, interface " + scoped.getScopeId();
  if (address.isLinkLocalAddress()) return "link-local";
  return address.isSiteLocalAddress() || uniqueLocal ? "private" : "global";
}
// end::literals[]

// tag::order[]
/** A number of two bytes has two orders. The network's is: the high byte first (RFC 791). */
void turnRound(int port) {
  var wire = ByteBuffer.allocate(2).putShort((short) port).array();    // the network's order
  short wrong = ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN).getShort();
  IO.println("The port %d goes out as %s. Who takes the low byte for the first reads %d.".formatted(
      port, HexFormat.ofDelimiter(" ").formatHex(wire), Short.toUnsignedInt(wrong)));
}
// end::order[]

// tag::names[]
void nameBothEnds() throws IOException {
  try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      var caller = new Socket(listener.getInetAddress(), listener.getLocalPort());
      var accepted = listener.accept()) {
    IO.println("A connection has two ends. Each knows its own name and the other's:");
    tell("caller", caller);
    tell("accepted", accepted);
    for (var table : List.of("tcp", "tcp6")) tellKernel(Path.of("/proc/net", table), caller);
  }
}

/** What C calls getsockname and getpeername. */
void tell(String whose, Socket socket) {
  var here = (InetSocketAddress) socket.getLocalSocketAddress();
  var there = (InetSocketAddress) socket.getRemoteSocketAddress();
  IO.println("  %-10shere %-17s there %s".formatted(whose, text(here), text(there)));
}

/** Brackets keep the colons of IPv6 apart from the one before the port (RFC 3986). */
String text(InetSocketAddress end) {
  var host = end.getAddress().getHostAddress();
  if (end.getAddress() instanceof Inet6Address) host = "[" + host + "]";
  return host + ":" + end.getPort();
}
// end::names[]

// tag::kernel[]
/** Linux shows its connections as text (proc(5)): each four bytes of an address as one number. */
void tellKernel(Path table, Socket socket) throws IOException {
  if (!Files.isReadable(table)) return;         // no Linux, or one without IPv6
  for (var row : Files.readAllLines(table)) {
    var words = row.strip().split("\\s+");      // number, here, there, ...
    boolean ours = words[1].endsWith(":%04X".formatted(socket.getLocalPort()))
        && words[2].endsWith(":%04X".formatted(socket.getPort()));
    if (!ours) continue;
    var numbers = words[1].substring(0, words[1].indexOf(':'));
    var bytes = HexFormat.of().formatHex(inWireOrder(numbers));
    IO.println("For the caller's end %s holds".formatted(table));
    IO.println("  " + numbers + "  as numbers of this machine, which are");
    IO.println("  " + bytes + "  in the order of the wire");
  }
}

byte[] inWireOrder(String numbers) {
  var bytes = ByteBuffer.allocate(numbers.length() / 2);
  boolean lowByteFirst = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  for (int at = 0; at < numbers.length(); at += 8) {
    int number = Integer.parseUnsignedInt(numbers, at, at + 8, 16);
    bytes.putInt(lowByteFirst ? Integer.reverseBytes(number) : number);
  }
  return bytes.array();
}
// end::kernel[]

// tag::kinds[]
/** The families that Java names, in the two classes that open them. NOTE: the rest is lesson 11. */
void openEveryKind() {
  IO.println("What Java opens:");
  for (var family : StandardProtocolFamily.values())
    IO.println("  %-6s stream %-5sdatagram %s".formatted(family,
        opens(() -> SocketChannel.open(family)), opens(() -> DatagramChannel.open(family))));
}

interface Opening {
  Channel open() throws IOException;
}

String opens(Opening kind) {
  try (var _ = kind.open()) {
    return "yes";
  } catch (UnsupportedOperationException | IOException refused) {
    return "no: " + refused.getMessage();
  }
}
// end::kinds[]

// tag::lookup[]
static final int NONE = -1;
static final int CONNECT_MILLIS = 2_000;        // for each address

/** What getaddrinfo(3) is asked: all addresses of a name. A literal comes back as it is. */
void lookUp(String host, int port) throws IOException {
  try {
    for (var address : InetAddress.getAllByName(host)) {
      if (port == NONE) describe(address.getHostAddress(), address);
      else call(new InetSocketAddress(address, port));
    }
  } catch (UnknownHostException unknown) {
    stop(1, "unknown host: " + unknown.getMessage());
  }
}

void call(InetSocketAddress whom) throws IOException {
  try (var socket = new Socket()) {
    socket.connect(whom, CONNECT_MILLIS);
    tell("connected", socket);
  } catch (IOException failed) {                // the next address may do better
    IO.println("  %-10s%s: %s".formatted("failed", text(whom), failed.getMessage()));
  }
}
// end::lookup[]

// tag::arguments[]
boolean isLookup(String... args) {
  return args.length >= 2 && args.length <= 3 && args[0].equals("of") && !args[1].isEmpty()
      && (args.length == 2 || isPort(args[2]));
}

boolean isPort(String text) {
  return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) < 65536;
}

void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}
// end::arguments[]
