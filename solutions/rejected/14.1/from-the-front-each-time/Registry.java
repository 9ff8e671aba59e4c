// Believes: who is first in the table is told of first.
// Rejected by: RegistryTest "gives everybody a turn"
package ch14;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public final class Registry {
  public enum Trigger {
    LEVEL,
    EDGE
  }

  private static final class Row {
    int unread;
    boolean ended;
    boolean news;
    String who;
    Trigger trigger;
  }

  private final Map<Integer, Row> table = new LinkedHashMap<>();

  private Row row(int fd) {
    return table.computeIfAbsent(fd, number -> new Row());
  }

  public void arrived(int fd, int bytes) {
    row(fd).unread += bytes;
    row(fd).news = true;
  }

  public void ended(int fd) {
    row(fd).ended = true;
    row(fd).news = true;
  }

  public int read(int fd, int most) {
    var row = row(fd);
    if (row.unread == 0) return row.ended ? -1 : 0;
    int count = Math.min(row.unread, most);
    row.unread -= count;
    return count;
  }

  public void watch(int fd, String who, Trigger trigger) {
    var row = row(fd);
    if (row.who != null) throw new IllegalStateException("EEXIST");
    row.who = who;
    row.trigger = trigger;
    row.news = true;
  }

  public void forget(int fd) {
    row(fd).who = null;
  }

  public void close(int fd) {
    table.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    for (var row : table.values()) {
      boolean readable = row.who != null && (row.unread > 0 || row.ended);
      if (!readable || told.size() == most) continue;
      if (row.trigger == Trigger.EDGE && !row.news) continue;
      row.news = false;
      told.add(row.who);
    }
    return told;
  }
}
