///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS info.picocli:picocli:4.7.7
//SOURCES ../../../main/java/wire/*.java
//SOURCES ../../../main/java/grader/Bytes.java
//DESCRIPTION What a tap costs: throughput and round trips, as ratios to a direct connection
package wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;

/**
 * What a tap costs. Each round measures the direct connection and the tapped one, one right after
 * the other, so that both meet the same machine; the result is the median of the ratios.
 */
final class TapBenchmark {
  private static final int ROUNDS = 9;
  private static final long BULK_BYTES = 500_000_000;
  private static final int EXCHANGES = 5_000;
  private static final byte[] BLOCK = new byte[64 * 1024];

  private TapBenchmark() {}

  /** What is measured: nanoseconds for one use of a connection. */
  private interface Use {
    long nanos(Socket client, Socket server) throws Exception;
  }

  public static void main(String... arguments) throws Exception {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var tap = Tap.to(listener.getLocalSocketAddress()).open()) {
      var bulk = compare("500 MB one way", TapBenchmark::bulk, listener, tap);
      IO.println("  direct %.2f GB/s, tapped %.2f GB/s".formatted(rate(bulk[0]), rate(bulk[1])));
      var ping = compare("5,000 exchanges", TapBenchmark::exchanges, listener, tap);
      IO.println("  direct %.1f us, tapped %.1f us".formatted(each(ping[0]), each(ping[1])));
    }
  }

  private static double rate(double nanos) {
    return BULK_BYTES / nanos;
  }

  private static double each(double nanos) {
    return nanos / EXCHANGES / 1000;
  }

  /** Prints the median ratio; returns the median times, direct and tapped. */
  private static double[] compare(String what, Use use, ServerSocket listener, Tap tap)
      throws Exception {
    var direct = new double[ROUNDS];
    var tapped = new double[ROUNDS];
    var ratios = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // the first one warms up
      double one = once(use, listener, listener.getLocalSocketAddress());
      double other = once(use, listener, tap.address());
      if (round < 0) continue;
      direct[round] = one;
      tapped[round] = other;
      ratios[round] = other / one;
    }
    Arrays.sort(ratios);
    IO.println(
        "%s: through the tap %.2f times as long (%.2f to %.2f in %d rounds)"
            .formatted(what, median(ratios), ratios[0], ratios[ROUNDS - 1], ROUNDS));
    return new double[] {median(direct), median(tapped)};
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  private static double once(Use use, ServerSocket listener, SocketAddress address)
      throws Exception {
    try (var client = new Socket()) {
      client.connect(address);
      try (var server = listener.accept()) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        return use.nanos(client, server);
      }
    }
  }

  private static long bulk(Socket client, Socket server) throws Exception {
    long began = System.nanoTime();
    var sender =
        Thread.startVirtualThread(() -> {
          try {
            for (long sent = 0; sent < BULK_BYTES; sent += BLOCK.length) {
              client.getOutputStream().write(BLOCK);
            }
            client.shutdownOutput();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    var room = new byte[BLOCK.length];
    while (server.getInputStream().read(room) >= 0) {
      // only the time counts
    }
    sender.join();
    return System.nanoTime() - began;
  }

  private static long exchanges(Socket client, Socket server) throws Exception {
    var echo =
        Thread.startVirtualThread(() -> {
          try {
            for (int b; (b = server.getInputStream().read()) >= 0; ) {
              server.getOutputStream().write(b);
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    long began = System.nanoTime();
    for (int i = 0; i < EXCHANGES; i++) {
      client.getOutputStream().write('?');
      if (client.getInputStream().read() != '?') throw new AssertionError("no echo");
    }
    long took = System.nanoTime() - began;
    client.shutdownOutput();
    echo.join();
    return took;
  }
}
