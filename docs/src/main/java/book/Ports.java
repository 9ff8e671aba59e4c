package book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports to stand for those that a session names, as many digits wide, so that lengths stay
 * what they were. No other session gets them before this one ends.
 */
final class Ports implements AutoCloseable {
  private static final int ATTEMPTS = 1000;

  /**
   * A server binds its port a while after it was found free, and another run of the build might
   * find the same one in between. So whoever takes a port locks the byte of that number in this
   * file. What is left locked goes with the JVM.
   */
  private static final FileChannel RESERVATIONS = reservations();

  /** Of all sessions in this JVM. */
  private static final Map<Integer, FileLock> TAKEN = new HashMap<>();

  private final Session session;
  private final List<Integer> mine = new ArrayList<>();

  Ports(Session session) {
    this.session = session;
  }

  /** From each port that the session names to the one that stands for it. */
  Map<Integer, Integer> forSession() throws IOException {
    var ports = new HashMap<Integer, Integer>();
    for (int port : session.ports()) ports.put(port, standIn(port));
    return ports;
  }

  /** Below the range from which kernels serve callers, or a passing connection might take it. */
  int standIn(int port) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var random = ThreadLocalRandom.current();
      int other = port < 10_000 ? random.nextInt(2000, 10_000) : random.nextInt(10_000, 32_000);
      boolean named = session.lines().stream().anyMatch(line -> line.text().contains("" + other));
      if (!named && take(other)) {
        mine.add(other);
        return other;
      }
    }
    throw new BookError("no free port found for " + session.name());
  }

  @Override
  public void close() throws IOException {
    for (int port : mine) release(port);
  }

  private static synchronized boolean take(int port) throws IOException {
    if (TAKEN.containsKey(port)) return false;
    var lock = RESERVATIONS.tryLock(port, 1, false);
    if (lock == null) return false;
    if (!isFree(port)) {
      lock.release();
      return false;
    }
    TAKEN.put(port, lock);
    return true;
  }

  private static synchronized void release(int port) throws IOException {
    TAKEN.remove(port).release();
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

  private static FileChannel reservations() {
    var name = "sockets-by-hand-ports-" + System.getProperty("user.name");
    var file = Path.of(System.getProperty("java.io.tmpdir"), name);
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
