// Believes: who can be read is ready, and a trigger cannot change that.
// Rejected by: RegistryTest "tells of an edge once, and again when more comes"
package ch14;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public final class Registry {
  public enum Trigger {
    LEVEL,
    EDGE
  }

  private record Watch(String who, Trigger trigger) {}

  private final Map<Integer, Integer> unread = new HashMap<>();
  private final Map<Integer, Boolean> ended = new HashMap<>();
  private final Map<Integer, Watch> watches = new LinkedHashMap<>();

  public void arrived(int fd, int bytes) {
    unread.merge(fd, bytes, Integer::sum);
  }

  public void ended(int fd) {
    ended.put(fd, true);
  }

  public int read(int fd, int most) {
    int count = Math.min(most, unread.getOrDefault(fd, 0));
    if (count == 0) return ended.containsKey(fd) ? -1 : 0;
    unread.merge(fd, -count, Integer::sum);
    return count;
  }

  public void watch(int fd, String who, Trigger trigger) {
    if (watches.containsKey(fd)) throw new IllegalStateException(fd + ": EEXIST");
    watches.put(fd, new Watch(who, trigger));
  }

  public void forget(int fd) {
    watches.remove(fd);
  }

  public void close(int fd) {
    watches.remove(fd);
    unread.remove(fd);
    ended.remove(fd);
  }

  public List<String> await(int most) {
    return watches.entrySet().stream()
        .filter(entry -> isReadable(entry.getKey()))
        .map(entry -> entry.getValue().who())
        .limit(most)
        .toList();
  }

  private boolean isReadable(int fd) {
    return unread.getOrDefault(fd, 0) > 0 || ended.containsKey(fd);
  }
}
