// Believes: what came before I asked is not my business.
// Rejected by: RegistryTest "tells of what came before it was watched"
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

  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, Trigger> triggers = new HashMap<>();
  private final Map<Integer, Integer> bytes = new HashMap<>();
  private final Set<Integer> finished = new LinkedHashSet<>();
  private final Set<Integer> ready = new LinkedHashSet<>();

  public void arrived(int fd, int count) {
    bytes.merge(fd, count, Integer::sum);
    if (names.containsKey(fd)) ready.add(fd);
  }

  public void ended(int fd) {
    finished.add(fd);
    if (names.containsKey(fd)) ready.add(fd);
  }

  public int read(int fd, int most) {
    int there = bytes.getOrDefault(fd, 0);
    if (there == 0) return finished.contains(fd) ? -1 : 0;
    bytes.put(fd, Math.max(0, there - most));
    return Math.min(there, most);
  }

  public void watch(int fd, String who, Trigger trigger) {
    if (names.containsKey(fd)) throw new IllegalStateException("EEXIST: " + fd);
    names.put(fd, who);
    triggers.put(fd, trigger);
  }

  public void forget(int fd) {
    names.remove(fd);
    triggers.remove(fd);
    ready.remove(fd);
  }

  public void close(int fd) {
    forget(fd);
    bytes.remove(fd);
    finished.remove(fd);
  }

  public List<String> await(int most) {
    ready.removeIf(fd -> bytes.getOrDefault(fd, 0) == 0 && !finished.contains(fd));
    var told = new ArrayList<Integer>();
    for (int fd : ready) if (told.size() < most) told.add(fd);
    for (int fd : told) {
      ready.remove(fd);
      if (triggers.get(fd) == Trigger.LEVEL) ready.add(fd);
    }
    return told.stream().map(names::get).toList();
  }
}
