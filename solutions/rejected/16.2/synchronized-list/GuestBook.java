// Believes: a synchronized list can be walked along by everybody.
// Rejected by: GuestBookTest "reads the book as it was at the call"
package ch16;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

public final class GuestBook {
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
  private final UnaryOperator<String> directory;

  private record Entry(String guest, String name, String line) {}

  private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
  private int signatures = 0;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    String name = names.computeIfAbsent(guest, directory);
    synchronized (entries) {
      entries.add(new Entry(guest, name, line));
      signatures++;
      return signatures;
    }
  }

  public int count(String guest) {
    synchronized (entries) {
      return (int) entries.stream().filter(e -> guest.equals(e.guest)).count();
    }
  }

  public void read(OutputStream out) throws IOException {
    var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (Entry e : entries) {
      writer.write(e.name + ": " + e.line + "\n");
      writer.flush();
    }
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    List<Entry> all;
    synchronized (from.entries) {
      all = List.copyOf(from.entries);
      from.entries.clear();
    }
    to.entries.addAll(all);
  }
}
