// Believes: volatile makes ++ one step.
// Rejected by: GuestBookTest "gives every signature a number of its own"
package ch16;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

public final class GuestBook {
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
  private final UnaryOperator<String> directory;
  private volatile int signatures = 0;
  private volatile Queue<String[]> entries = new ConcurrentLinkedQueue<>();

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    signatures++;
    String name = names.computeIfAbsent(guest, directory);
    entries.add(new String[] {guest, name, line});
    return signatures;
  }

  public int count(String guest) {
    return (int) entries.stream().filter(e -> e[0].equals(guest)).count();
  }

  public void read(OutputStream out) throws IOException {
    String text =
        entries.stream().map(e -> e[1] + ": " + e[2] + "\n").collect(Collectors.joining());
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    for (String[] entry; from != to && (entry = from.entries.poll()) != null; ) {
      to.entries.add(entry);
    }
  }
}
