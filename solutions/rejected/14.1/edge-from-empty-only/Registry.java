// Believes: an edge is the step from nothing to something.
// Rejected by: RegistryTest "tells of an edge once, and again when more comes"
package ch14;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
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

    boolean readable() {
      return unread > 0 || ended;
    }
  }

  private final Map<Integer, Connection> connections = new HashMap<>();
  private final LinkedHashSet<Connection> ready = new LinkedHashSet<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  public void arrived(int fd, int bytes) {
    var connection = connection(fd);
    boolean rises = !connection.readable();
    connection.unread += bytes;
    if (rises && connection.who != null) ready.add(connection);
  }

  public void ended(int fd) {
    var connection = connection(fd);
    boolean rises = !connection.readable();
    connection.ended = true;
    if (rises && connection.who != null) ready.add(connection);
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
    if (connection.who != null) throw new IllegalStateException("already watched");
    connection.who = who;
    connection.trigger = trigger;
    if (connection.readable()) ready.add(connection);
  }

  public void forget(int fd) {
    ready.remove(connection(fd));
    connection(fd).who = null;
  }

  public void close(int fd) {
    forget(fd);
    connections.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    var back = new ArrayList<Connection>();
    Iterator<Connection> each = ready.iterator();
    while (each.hasNext() && told.size() < most) {
      var connection = each.next();
      each.remove();
      if (connection.readable()) {
        told.add(connection.who);
        if (connection.trigger == Trigger.LEVEL) back.add(connection);
      }
    }
    ready.addAll(back);
    return told;
  }
}
