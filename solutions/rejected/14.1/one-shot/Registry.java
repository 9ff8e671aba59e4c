// Believes: an event is told, and then it has been told: level or edge.
// Rejected by: RegistryTest "tells of a level every time, until all is read"
package ch14;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

public final class Registry {
  public enum Trigger {
    LEVEL,
    EDGE
  }

  private static final class Connection {
    int unread;
    boolean ended;
    boolean queued;
    String who;
    Trigger trigger;
  }

  private final Map<Integer, Connection> connections = new HashMap<>();
  private final Queue<Connection> events = new ArrayDeque<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  private void event(Connection connection) {
    if (connection.who == null || connection.queued) return;
    connection.queued = true;
    events.add(connection);
  }

  public void arrived(int fd, int bytes) {
    connection(fd).unread += bytes;
    event(connection(fd));
  }

  public void ended(int fd) {
    connection(fd).ended = true;
    event(connection(fd));
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
    if (connection.who != null) throw new IllegalStateException("watched: " + fd);
    connection.who = who;
    connection.trigger = trigger;
    if (connection.unread > 0 || connection.ended) event(connection);
  }

  public void forget(int fd) {
    connection(fd).who = null;
    connection(fd).queued = false;
    events.remove(connection(fd));
  }

  public void close(int fd) {
    forget(fd);
    connections.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    while (told.size() < most && !events.isEmpty()) {
      var connection = events.remove();
      connection.queued = false;
      if (connection.unread > 0 || connection.ended) told.add(connection.who);
    }
    return told;
  }
}
