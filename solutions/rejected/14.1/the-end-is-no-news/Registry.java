// Believes: ready means that there are bytes.
// Rejected by: RegistryTest "tells of the end, too"
package ch14;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final Map<Integer, Connection> ready = new LinkedHashMap<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  public void arrived(int fd, int bytes) {
    var connection = connection(fd);
    connection.unread += bytes;
    if (connection.who != null) ready.putIfAbsent(fd, connection);
  }

  public void ended(int fd) {
    connection(fd).ended = true;
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
    if (connection.who != null) throw new IllegalStateException("File exists");
    connection.who = who;
    connection.trigger = trigger;
    if (connection.unread > 0) ready.put(fd, connection);
  }

  public void forget(int fd) {
    connection(fd).who = null;
    ready.remove(fd);
  }

  public void close(int fd) {
    ready.remove(fd);
    connections.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    for (int fd : List.copyOf(ready.keySet())) {
      if (told.size() == most) return told;
      var connection = ready.remove(fd);
      if (connection.unread == 0) continue;
      told.add(connection.who);
      if (connection.trigger == Trigger.LEVEL) ready.put(fd, connection);
    }
    return told;
  }
}
