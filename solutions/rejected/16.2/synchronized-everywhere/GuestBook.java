// Believes: a class is safe for threads when all its methods are synchronized.
// Rejected by: GuestBookTest "lets others sign while a visitor reads slowly"
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
  private final List<String> guests = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private int signatures;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public synchronized int sign(String guest, String line) {
    String name = names.computeIfAbsent(guest, directory);
    guests.add(guest);
    lines.add(name + ": " + line + "\n");
    return ++signatures;
  }

  public synchronized int count(String guest) {
    int n = 0;
    for (String each : guests) if (each.equals(guest)) n++;
    return n;
  }

  public synchronized void read(OutputStream out) throws IOException {
    for (int i = 0; i < guests.size(); i++) {
      out.write(lines.get(i).getBytes(UTF_8));
    }
  }

  private synchronized GuestBook takeAll() {
    GuestBook taken = new GuestBook(directory);
    taken.guests.addAll(guests);
    taken.lines.addAll(lines);
    guests.clear();
    lines.clear();
    return taken;
  }

  private synchronized void append(GuestBook taken) {
    guests.addAll(taken.guests);
    lines.addAll(taken.lines);
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    to.append(from.takeAll());
  }
}
