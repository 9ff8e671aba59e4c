///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION What ten thousand idle callers cost a lesson that serves the dialogue (Linux)
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * What idle callers cost a lesson that serves the dialogue. On Linux:
 *
 * <pre>./jbang lessons/bench/IdleCallers.java 13 [CALLERS [HEAP [ARCHITECTURE]]]</pre>
 *
 * One thread calls, hears the greeting, and stays. What the server holds is read from /proc before
 * and after, behind a collection of its garbage. Then one more caller talks among the others.
 */
final class IdleCallers {
  private static final int LINES = 1_001;

  private IdleCallers() {}

  public static void main(String... args) throws Exception {
    int callers = args.length < 2 ? 10_000 : Integer.parseInt(args[1]);
    var heap = args.length < 3 ? "32m" : args[2];
    var classes = Files.createTempDirectory("idle-callers");
    try {
      var lesson = compile(args[0], classes);
      var command = new ArrayList<>(List.of(java("java"), "-Xmx" + heap, "-XX:+UseSerialGC"));
      command.addAll(List.of("-cp", classes.toString(), lesson, "0"));
      command.addAll(List.of(args).subList(Math.min(args.length, 3), args.length));
      System.out.printf(
          "%s, %s %s, %d processors, Java %s%n",
          LocalDate.now(),
          System.getProperty("os.name"),
          System.getProperty("os.version"),
          Runtime.getRuntime().availableProcessors(),
          Runtime.version());
      System.out.printf("%s with -Xmx%s%n%n", lesson, heap);
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      var server = builder.start();
      try {
        measure(server, callers);
      } finally {
        server.destroyForcibly().waitFor();
      }
    } finally {
      try (var files = Files.list(classes)) {
        for (var file : files.toList()) Files.delete(file);
      }
      Files.delete(classes);
    }
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private static String compile(String number, Path classes) throws IOException {
    var home = System.getenv().getOrDefault("SOCKETS_BY_HAND", ".");
    try (var files = Files.list(Path.of(home, "lessons"))) {
      var source =
          files
              .filter(file -> file.getFileName().toString().startsWith("L" + number))
              .findFirst()
              .orElseThrow();
      ToolProvider.getSystemJavaCompiler()
          .run(null, null, null, "-d", classes.toString(), source.toString());
      return source.getFileName().toString().replace(".java", "");
    }
  }

  private static void measure(Process server, int callers) throws Exception {
    var out = server.inputReader();
    var port = Integer.parseInt(out.readLine().replaceFirst("Listening on localhost:", ""));
    Thread.ofPlatform().daemon().start(() -> forget(out));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var held = new ArrayList<SocketChannel>();
    held.add(greeted(address));
    talk(held.getFirst()); // what is loaded at the first line is no caller's cost
    var few = held(server.pid());
    print(held.size(), few);
    long start = System.nanoTime();
    while (held.size() < callers) held.add(greeted(address));
    long millis = (System.nanoTime() - start) / 1_000_000;
    var many = held(server.pid());
    print(held.size(), many);
    System.out.printf(
        "%nOne idle caller: %.1f KB. All were greeted in %,d ms.%n",
        (double) (many.kilobytes - few.kilobytes) / (callers - 1), millis);
    System.out.printf("One line answered among them, median: %d µs%n", talk(held.getLast()));
    for (var channel : held) channel.close();
  }

  private static void forget(BufferedReader out) {
    out.lines().forEach(_ -> {});
  }

  private static SocketChannel greeted(InetSocketAddress address) throws IOException {
    var channel = SocketChannel.open(address);
    hear(channel);
    return channel;
  }

  /** In microseconds. */
  private static long talk(SocketChannel channel) throws IOException {
    var nanos = new long[LINES];
    for (int i = 0; i < LINES; i++) {
      long start = System.nanoTime();
      channel.write(ByteBuffer.wrap(new byte[] {'0', '\n'}));
      hear(channel);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[LINES / 2] / 1_000;
  }

  /** One line, which comes alone. */
  private static void hear(SocketChannel channel) throws IOException {
    var line = ByteBuffer.allocate(64);
    do {
      if (channel.read(line) < 0) throw new EOFException("the server has hung up");
    } while (line.get(line.position() - 1) != '\n');
  }

  private record Held(long kilobytes, long threads) {}

  private static Held held(long pid) throws Exception {
    new ProcessBuilder(java("jcmd"), Long.toString(pid), "GC.run").start().waitFor();
    long kilobytes = 0;
    long threads = 0;
    for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      var words = line.split("\\s+");
      if (words[0].equals("VmRSS:")) kilobytes = Long.parseLong(words[1]);
      if (words[0].equals("Threads:")) threads = Long.parseLong(words[1]);
    }
    return new Held(kilobytes, threads);
  }

  private static void print(int callers, Held held) {
    System.out.printf(
        "%,6d callers: %,9d KB resident, %,d threads%n", callers, held.kilobytes, held.threads);
  }
}
