// Believes: the list is filled anew by each await, so one list will do for all.
// Rejected by: RegistryTest "hands out a list that stays as it is"
package ch14;

import java.util.ArrayList;
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
  private final LinkedHashSet<Connection> ready = new LinkedHashSet<>();
  private final List<String> told = new ArrayList<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  private void isReady(Connection connection) {
    if (connection.who != null) ready.add(connection);
  }

  public void arrived(int fd, int bytes) {
    connection(fd).unread += bytes;
    isReady(connection(fd));
  }

  public void ended(int fd) {
    connection(fd).ended = true;
    isReady(connection(fd));
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
    if (connection.who != null) throw new IllegalStateException(who);
    connection.who = who;
    connection.trigger = trigger;
    if (connection.unread > 0 || connection.ended) isReady(connection);
  }

  public void forget(int fd) {
    var connection = connection(fd);
    ready.remove(connection);
    told.remove(connection.who);
    connection.who = null;
  }

  public void close(int fd) {
    forget(fd);
    connections.remove(fd);
  }

  public List<String> await(int most) {
    told.clear();
    var chosen = new ArrayList<Connection>();
    for (var connection : ready) {
      if (told.size() == most) break;
      chosen.add(connection);
      if (connection.unread > 0 || connection.ended) told.add(connection.who);
    }
    ready.removeAll(chosen);
    chosen.removeIf(connection -> connection.trigger == Trigger.EDGE);
    ready.addAll(chosen);
    return told;
  }
}
