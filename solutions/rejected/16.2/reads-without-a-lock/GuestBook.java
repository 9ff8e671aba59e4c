// Believes: only those who write need the lock.
// Rejected by: GuestBookTest "reads the book as it was at the call"
package ch16;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

public final class GuestBook {
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
  private final UnaryOperator<String> directory;

  private record Entry(String guest, String name, String line) {}

  private final List<Entry> entries = new ArrayList<>();
  private int number;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public synchronized int sign(String guest, String line) {
    String name = names.computeIfAbsent(guest, directory);
    entries.add(new Entry(guest, name, line));
    return ++number;
  }

  public synchronized int count(String guest) {
    return (int) entries.stream().filter(entry -> entry.guest().equals(guest)).count();
  }

  public void read(OutputStream out) throws IOException {
    for (Entry entry : entries) {
      out.write((entry.name() + ": " + entry.line() + "\n").getBytes(UTF_8));
    }
  }

  private synchronized List<Entry> clear() {
    List<Entry> all = new ArrayList<>(entries);
    entries.clear();
    return all;
  }

  private synchronized void add(List<Entry> more) {
    entries.addAll(more);
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    to.add(from.clear());
  }
}
