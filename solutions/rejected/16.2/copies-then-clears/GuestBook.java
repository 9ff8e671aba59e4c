// Believes: each step is under a lock, so all steps together are safe.
// Rejected by: GuestBookTest "moves entries in both directions at once, and loses none"
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

  private synchronized List<Entry> copy() {
    return new ArrayList<>(entries);
  }

  private synchronized void clear() {
    entries.clear();
  }

  private synchronized void addAll(List<Entry> more) {
    entries.addAll(more);
  }

  public void read(OutputStream out) throws IOException {
    for (Entry e : copy()) out.write((e.name + ": " + e.line + "\n").getBytes(UTF_8));
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    if (from == to) return;
    List<Entry> all = from.copy();
    from.clear();
    to.addAll(all);
  }
}
