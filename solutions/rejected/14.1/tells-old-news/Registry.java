// Believes: what has been noted as ready stays ready until somebody has been told.
// Rejected by: RegistryTest "tells of those who can be read, and of nobody else"
package ch14;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

public final class Registry {
  public enum Trigger {
    LEVEL,
    EDGE
  }

  private final Map<Integer, Integer> unread = new HashMap<>();
  private final Set<Integer> ended = new LinkedHashSet<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, Trigger> triggers = new HashMap<>();
  private final Set<Integer> ready = new LinkedHashSet<>();

  public void arrived(int fd, int bytes) {
    unread.merge(fd, bytes, Integer::sum);
    if (names.containsKey(fd)) ready.add(fd);
  }

  public void ended(int fd) {
    ended.add(fd);
    if (names.containsKey(fd)) ready.add(fd);
  }

  public int read(int fd, int most) {
    int there = unread.getOrDefault(fd, 0);
    if (there == 0) return ended.contains(fd) ? -1 : 0;
    int count = Math.min(there, most);
    unread.put(fd, there - count);
    return count;
  }

  public void watch(int fd, String who, Trigger trigger) {
    if (names.putIfAbsent(fd, who) != null) throw new IllegalStateException("EEXIST");
    triggers.put(fd, trigger);
    if (isReadable(fd)) ready.add(fd);
  }

  public void forget(int fd) {
    names.remove(fd);
    ready.remove(fd);
  }

  public void close(int fd) {
    forget(fd);
    unread.remove(fd);
    ended.remove(fd);
  }

  private boolean isReadable(int fd) {
    return unread.getOrDefault(fd, 0) > 0 || ended.contains(fd);
  }

  public List<String> await(int most) {
    var result = new ArrayList<String>();
    for (int fd : new ArrayList<>(ready)) {
      if (result.size() == most) break;
      result.add(names.get(fd));
      ready.remove(fd);
      if (triggers.get(fd) == Trigger.LEVEL && isReadable(fd)) ready.add(fd);
    }
    return result;
  }
}
