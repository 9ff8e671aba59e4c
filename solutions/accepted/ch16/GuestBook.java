package ch16;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** One lock guards all of a book, and is held for as long as memory takes, never for a peer. */
public final class GuestBook {
  private record Entry(String guest, String written, String line) {}

  private final UnaryOperator<String> directory;
  private final ConcurrentMap<String, String> written = new ConcurrentHashMap<>();

  private final Object lock = new Object();
  private List<Entry> entries = new ArrayList<>(); // this and the next: guarded by the lock
  private int signatures;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    var entry = new Entry(guest, written.computeIfAbsent(guest, directory), line); // asks once
    synchronized (lock) {
      entries.add(entry);
      return ++signatures;
    }
  }

  public int count(String guest) {
    synchronized (lock) {
      return (int) entries.stream().filter(entry -> entry.guest.equals(guest)).count();
    }
  }

  public void read(OutputStream out) throws IOException {
    List<Entry> now;
    synchronized (lock) {
      now = List.copyOf(entries);
    }
    var text = new StringBuilder();
    for (var entry : now) text.append(entry.written).append(": ").append(entry.line).append('\n');
    out.write(text.toString().getBytes(UTF_8));
  }

  /** Never holds two locks, so it can wait for nobody who waits for it. */
  public static void moveAll(GuestBook from, GuestBook to) {
    var moved = from.takeAll();
    synchronized (to.lock) {
      to.entries.addAll(moved);
    }
  }

  private List<Entry> takeAll() {
    synchronized (lock) {
      var all = entries;
      entries = new ArrayList<>();
      return all;
    }
  }
}
