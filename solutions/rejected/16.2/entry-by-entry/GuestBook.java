// Believes: to take the lock for each entry is as good as a copy.
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
  private int signatures;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public synchronized int sign(String guest, String line) {
    String name = names.computeIfAbsent(guest, directory);
    entries.add(new Entry(guest, name, line));
    return ++signatures;
  }

  public synchronized int count(String guest) {
    return (int) entries.stream().filter(e -> e.guest.equals(guest)).count();
  }

  private synchronized Entry get(int i) {
    return i < entries.size() ? entries.get(i) : null;
  }

  public void read(OutputStream out) throws IOException {
    Entry entry;
    for (int i = 0; (entry = get(i)) != null; i++) {
      out.write((entry.name + ": " + entry.line + "\n").getBytes(UTF_8));
    }
  }

  private synchronized List<Entry> empty() {
    List<Entry> was = List.copyOf(entries);
    entries.clear();
    return was;
  }

  private synchronized void addAll(List<Entry> more) {
    entries.addAll(more);
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    to.addAll(from.empty());
  }
}
