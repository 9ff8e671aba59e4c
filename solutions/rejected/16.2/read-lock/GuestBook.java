// Believes: readers share a read lock, so a slow reader is in nobody's way.
// Rejected by: GuestBookTest "lets others sign while a visitor reads slowly"
package ch16;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;

public final class GuestBook {
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
  private final UnaryOperator<String> directory;

  private record Entry(String guest, String name, String line) {}

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<Entry> entries = new ArrayList<>();
  private int number;

  public GuestBook(UnaryOperator<String> directory) {
    this.directory = directory;
  }

  public int sign(String guest, String line) {
    String name = names.computeIfAbsent(guest, directory);
    lock.writeLock().lock();
    try {
      entries.add(new Entry(guest, name, line));
      number += 1;
      return number;
    } finally {
      lock.writeLock().unlock();
    }
  }

  public int count(String guest) {
    lock.readLock().lock();
    try {
      return (int) entries.stream().filter(e -> e.guest.equals(guest)).count();
    } finally {
      lock.readLock().unlock();
    }
  }

  public void read(OutputStream out) throws IOException {
    lock.readLock().lock();
    try {
      for (Entry e : entries) out.write((e.name + ": " + e.line + "\n").getBytes(UTF_8));
    } finally {
      lock.readLock().unlock();
    }
  }

  public static void moveAll(GuestBook from, GuestBook to) {
    List<Entry> moved;
    from.lock.writeLock().lock();
    try {
      moved = List.copyOf(from.entries);
      from.entries.clear();
    } finally {
      from.lock.writeLock().unlock();
    }
    to.lock.writeLock().lock();
    try {
      to.entries.addAll(moved);
    } finally {
      to.lock.writeLock().unlock();
    }
  }
}
