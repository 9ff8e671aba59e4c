///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION What ten thousand idle guests cost the room of lesson 15 (Linux)
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What idle guests cost the room of lesson 15, and what it costs to tell all of them a line. On
 * Linux:
 *
 * <pre>./jbang lessons/bench/IdleGuests.java [GUESTS [HEAP]]</pre>
 *
 * One thread holds all guests. What the room holds is read from /proc, behind a collection of its
 * garbage.
 */
final class IdleGuests {
  private final Selector selector = Selector.open();
  private final InetSocketAddress address;
  private final ByteBuffer heard = ByteBuffer.allocate(1024);

  private IdleGuests(int port) throws IOException {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public static void main(String... args) throws Exception {
    int guests = args.length < 1 ? 10_000 : Integer.parseInt(args[0]);
    var heap = args.length < 2 ? "32m" : args[1];
    var lesson = Path.of(System.getenv().getOrDefault("SOCKETS_BY_HAND", "."), "lessons");
    var classes = Files.createTempDirectory("idle-guests").toString();
    run(program("javac"), "-d", classes, lesson.resolve("L15Backpressure.java").toString());
    System.out.printf(
        "%s, %s %s, %d processors, Java %s%nL15Backpressure with -Xmx%s%n%n",
        LocalDate.now(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors(),
        Runtime.version(),
        heap);
    var options = List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-cp", classes);
    var command = new ArrayList<>(List.of(program("java")));
    command.addAll(options);
    command.addAll(List.of("L15Backpressure", "0"));
    var room = new ProcessBuilder(command).start();
    try {
      var out = room.inputReader();
      int port = Integer.parseInt(out.readLine().replaceFirst("Listening on localhost:", ""));
      Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
      new IdleGuests(port).measure(room.pid(), guests);
    } finally {
      room.destroyForcibly().waitFor();
      try (var files = Files.list(Path.of(classes))) {
        for (var file : files.toList()) Files.delete(file);
      }
      Files.delete(Path.of(classes));
    }
  }

  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static void run(String... command) throws Exception {
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }

  private void measure(long room, int guests) throws Exception {
    var speaker = comeIn();
    long one = kilobytes(room, 1);
    for (int i = 1; i < guests; i++) comeIn();
    long many = kilobytes(room, guests);
    System.out.printf("%nOne idle guest: %.1f KB.%n", (double) (many - one) / (guests - 1));
    tellAll(speaker, guests); // what is made at the first line is not made again
    System.out.printf("One line, until all have it: %,d ms%n", tellAll(speaker, guests));
  }

  /** A guest who has been greeted. */
  private SocketChannel comeIn() throws IOException {
    var guest = SocketChannel.open(address);
    guest.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    hear(1);
    return guest;
  }

  /** In milliseconds. */
  private long tellAll(SocketChannel speaker, int guests) throws IOException {
    long start = System.nanoTime();
    speaker.write(ByteBuffer.wrap("Can you hear me?\n".getBytes()));
    hear(guests);
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Until so many lines have come. */
  private void hear(int lines) throws IOException {
    while (lines > 0) {
      selector.select();
      for (var key : selector.selectedKeys()) {
        if (((SocketChannel) key.channel()).read(heard.clear()) < 0) throw new EOFException();
        heard.flip();
        while (heard.hasRemaining()) if (heard.get() == '\n') lines--;
      }
      selector.selectedKeys().clear();
    }
  }

  private static long kilobytes(long room, int guests) throws Exception {
    run(program("jcmd"), Long.toString(room), "GC.run");
    long kilobytes = 0;
    long threads = 0;
    for (var line : Files.readAllLines(Path.of("/proc", Long.toString(room), "status"))) {
      var words = line.split("\\s+");
      if (words[0].equals("VmRSS:")) kilobytes = Long.parseLong(words[1]);
      if (words[0].equals("Threads:")) threads = Long.parseLong(words[1]);
    }
    System.out.printf("%,6d guests: %,9d KB resident, %d threads%n", guests, kilobytes, threads);
    return kilobytes;
  }
}
