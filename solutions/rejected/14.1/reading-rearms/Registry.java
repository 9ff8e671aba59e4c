// Believes: whoever has read a part is told of the rest.
// Rejected by: RegistryTest "tells of an edge once, and again when more comes"
package ch14;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

public final class Registry {
  public enum Trigger {
    LEVEL,
    EDGE
  }

  private static final class Connection {
    int unread;
    boolean ended;
    String who;
    Trigger trigger;
  }

  private final Map<Integer, Connection> connections = new HashMap<>();
  private final LinkedHashSet<Connection> pending = new LinkedHashSet<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  private void check(Connection connection) {
    if (connection.who == null) return;
    if (connection.unread > 0 || connection.ended) pending.add(connection);
    else pending.remove(connection);
  }

  public void arrived(int fd, int bytes) {
    connection(fd).unread += bytes;
    check(connection(fd));
  }

  public void ended(int fd) {
    connection(fd).ended = true;
    check(connection(fd));
  }

  public int read(int fd, int most) {
    var connection = connection(fd);
    int count = Math.min(most, connection.unread);
    if (count == 0 && connection.ended) return -1;
    connection.unread -= count;
    check(connection); // is there more?
    return count;
  }

  public void watch(int fd, String who, Trigger trigger) {
    var connection = connection(fd);
    if (connection.who != null) throw new IllegalStateException("watched twice: " + fd);
    connection.who = who;
    connection.trigger = trigger;
    check(connection);
  }

  public void forget(int fd) {
    pending.remove(connection(fd));
    connection(fd).who = null;
  }

  public void close(int fd) {
    forget(fd);
    connections.remove(fd);
  }

  public List<String> await(int most) {
    var chosen = pending.stream().limit(most).toList();
    pending.removeAll(chosen);
    for (var connection : chosen) if (connection.trigger == Trigger.LEVEL) pending.add(connection);
    return chosen.stream().map(connection -> connection.who).toList();
  }
}
