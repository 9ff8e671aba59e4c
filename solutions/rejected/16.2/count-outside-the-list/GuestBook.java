// Believes: where every call is atomic, get and then set is atomic too.
// Rejected by: GuestBookTest "gives every signature a number of its own"
package ch16;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

public final class GuestBook {
  private record Entry(String guest, String name, String line) {}

  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private final UnaryOperator<String> directory;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    int next = number.get() + 1;
    entries.add(new Entry(guest, names.computeIfAbsent(guest, directory), line));
    number.set(next);
    return next;
  }

  public int count(String guest) {
    int count = 0;
    for (var entry : entries) {
      if (entry.guest().equals(guest)) count++;
    }
    return count;
  }

  public void read(OutputStream out) throws IOException {
    for (var entry : new ArrayList<>(entries)) {
      out.write((entry.name() + ": " + entry.line() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    if (from == to) return;
    List<Entry> moving = new ArrayList<>();
    Entry entry;
    while ((entry = from.entries.poll()) != null) moving.add(entry);
    to.entries.addAll(moving);
  }
}
