// Believes: a closed descriptor can be passed over when its turn comes.
// Rejected by: RegistryTest "gives nothing of a closed descriptor to the next with its number"
package ch14;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

  /** What the queue holds: the one who was watched when the news came. */
  private record News(int fd, String who) {}

  private final Map<Integer, Connection> connections = new HashMap<>();
  private final ArrayDeque<News> queue = new ArrayDeque<>();

  private Connection connection(int fd) {
    return connections.computeIfAbsent(fd, number -> new Connection());
  }

  private void enqueue(int fd) {
    var news = new News(fd, connection(fd).who);
    if (news.who() != null && !queue.contains(news)) queue.add(news);
  }

  public void arrived(int fd, int bytes) {
    connection(fd).unread += bytes;
    enqueue(fd);
  }

  public void ended(int fd) {
    connection(fd).ended = true;
    enqueue(fd);
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
    if (connection.who != null) throw new IllegalStateException("already: " + connection.who);
    connection.who = who;
    connection.trigger = trigger;
    if (connection.unread > 0 || connection.ended) enqueue(fd);
  }

  public void forget(int fd) {
    connection(fd).who = null;
    queue.removeIf(news -> news.fd() == fd);
  }

  public void close(int fd) {
    connections.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    for (int left = queue.size(); left > 0 && told.size() < most; left--) {
      var news = queue.remove();
      var connection = connections.get(news.fd());
      if (connection == null) continue;
      if (Objects.equals(connection.who, news.who()) && nothingIn(connection)) continue;
      told.add(news.who());
      if (connection.trigger == Trigger.LEVEL) queue.add(news);
    }
    return told;
  }

  private static boolean nothingIn(Connection connection) {
    return connection.unread == 0 && !connection.ended;
  }
}
