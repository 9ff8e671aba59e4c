package book;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports to stand for those that a session names, as many digits wide, so that lengths stay
 * what they were.
 */
final class Ports {
  private static final Set<Integer> taken = new HashSet<>();

  private Ports() {}

  static Map<Integer, Integer> forSession(Session session) {
    var ports = new HashMap<Integer, Integer>();
    for (int port : session.ports()) ports.put(port, standIn(port, session));
    return ports;
  }

  static int standIn(int port, Session session) {
    return free(port < 10_000, session);
  }

  /** Below the range from which kernels serve callers, or a passing connection might take it. */
  private static synchronized int free(boolean fourDigits, Session session) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      var random = ThreadLocalRandom.current();
      int port = fourDigits ? random.nextInt(2000, 10_000) : random.nextInt(10_000, 32_000);
      boolean named = session.lines().stream().anyMatch(line -> line.text().contains("" + port));
      if (!named && isFree(port) && taken.add(port)) return port;
    }
    throw new BookError("no free port found for " + session.name());
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(false); // not even one whose last connection has just ended
      probe.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
