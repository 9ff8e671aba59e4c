// Believes: who has looked before the lock need not look again inside.
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
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final UnaryOperator<String> directory;
  private final List<String> guests = new ArrayList<>();
  private final List<String> text = new ArrayList<>();
  private int signed;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    if (!names.containsKey(guest)) {
      synchronized (names) {
        names.put(guest, directory.apply(guest));
      }
    }
    synchronized (this) {
      guests.add(guest);
      text.add(names.get(guest) + ": " + line + "\n");
      return ++signed;
    }
  }

  public synchronized int count(String guest) {
    int count = 0;
    for (String each : guests) if (each.equals(guest)) count++;
    return count;
  }

  public void read(OutputStream out) throws IOException {
    String all;
    synchronized (this) {
      all = String.join("", text);
    }
    out.write(all.getBytes(StandardCharsets.UTF_8));
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    List<String> movedText;
    List<String> movedGuests;
    synchronized (from) {
      movedText = List.copyOf(from.text);
      movedGuests = List.copyOf(from.guests);
      from.text.clear();
      from.guests.clear();
    }
    synchronized (to) {
      to.text.addAll(movedText);
      to.guests.addAll(movedGuests);
    }
  }
}
