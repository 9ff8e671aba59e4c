// Believes: two parameters are two books.
// Rejected by: GuestBookTest "leaves a book alone that is its own goal"
package ch16;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

public final class GuestBook {
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
  private final UnaryOperator<String> directory;

  private record Entry(String guest, String name, String line) {}

  private static final Object MOVING = new Object();

  private final AtomicInteger signatures = new AtomicInteger();
  private Queue<Entry> entries = new ConcurrentLinkedQueue<>();

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    String name = names.computeIfAbsent(guest, directory);
    synchronized (MOVING) {
      entries.add(new Entry(guest, name, line));
    }
    return signatures.incrementAndGet();
  }

  public int count(String guest) {
    synchronized (MOVING) {
      return (int) entries.stream().filter(e -> e.guest.equals(guest)).count();
    }
  }

  public void read(OutputStream out) throws IOException {
    var all = new StringBuilder();
    synchronized (MOVING) {
      for (var e : entries) all.append(e.name + ": " + e.line + "\n");
    }
    out.write(all.toString().getBytes(UTF_8));
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    synchronized (MOVING) {
      to.entries.addAll(from.entries.stream().toList());
      from.entries = new ConcurrentLinkedQueue<>();
    }
  }
}
