// Believes: every arrival is an event of its own, and each event is told.
// Rejected by: RegistryTest "tells of an edge once, and again when more comes"
package ch14;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
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

    boolean readable() {
      return unread > 0 || ended;
    }
  }

  private final Map<Integer, Connection> connections = new HashMap<>();
  private final LinkedList<Connection> events = new LinkedList<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  public void arrived(int fd, int bytes) {
    var connection = connection(fd);
    connection.unread += bytes;
    happened(connection);
  }

  public void ended(int fd) {
    var connection = connection(fd);
    connection.ended = true;
    happened(connection);
  }

  private void happened(Connection connection) {
    if (connection.who == null) return;
    if (connection.trigger == Trigger.EDGE || !events.contains(connection)) events.add(connection);
  }

  public int read(int fd, int most) {
    var connection = connection(fd);
    if (connection.unread > 0) {
      int count = Math.min(most, connection.unread);
      connection.unread -= count;
      return count;
    }
    return connection.ended ? -1 : 0;
  }

  public void watch(int fd, String who, Trigger trigger) {
    var connection = connection(fd);
    if (connection.who != null) throw new IllegalStateException();
    connection.who = who;
    connection.trigger = trigger;
    if (connection.readable()) happened(connection);
  }

  public void forget(int fd) {
    var connection = connection(fd);
    connection.who = null;
    events.removeIf(event -> event == connection);
  }

  public void close(int fd) {
    forget(fd);
    connections.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    var again = new ArrayList<Connection>();
    while (!events.isEmpty() && told.size() < most) {
      var connection = events.removeFirst();
      if (!connection.readable()) continue;
      told.add(connection.who);
      if (connection.trigger == Trigger.LEVEL) again.add(connection);
    }
    events.addAll(again);
    return told;
  }
}
