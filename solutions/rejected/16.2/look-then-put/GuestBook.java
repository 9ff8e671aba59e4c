// Believes: with a ConcurrentHashMap everything that uses it is safe.
// Rejected by: GuestBookTest "asks the directory once for each guest"
package ch16;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

public final class GuestBook {
  private final UnaryOperator<String> directory;
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final List<String[]> entries = new ArrayList<>();
  private int number;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    if (!known.containsKey(guest)) {
      known.put(guest, directory.apply(guest));
    }
    synchronized (entries) {
      entries.add(new String[] {guest, known.get(guest) + ": " + line + "\n"});
      number++;
      return number;
    }
  }

  public int count(String guest) {
    synchronized (entries) {
      return (int) entries.stream().filter(e -> e[0].equals(guest)).count();
    }
  }

  public void read(OutputStream out) throws IOException {
    List<String[]> copy;
    synchronized (entries) {
      copy = List.copyOf(entries);
    }
    for (String[] entry : copy) out.write(entry[1].getBytes(StandardCharsets.UTF_8));
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    List<String[]> moved;
    synchronized (from.entries) {
      moved = List.copyOf(from.entries);
      from.entries.clear();
    }
    synchronized (to.entries) {
      to.entries.addAll(moved);
    }
  }
}
