// Believes: a descriptor is its number: whoever has 5 has what came for 5.
// Rejected by: RegistryTest "gives nothing of a closed descriptor to the next with its number"
package ch14;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

public final class Registry {
  public enum Trigger {
    LEVEL,
    EDGE
  }

  private static final int MAX_FDS = 1024;

  private final int[] unread = new int[MAX_FDS];
  private final boolean[] ended = new boolean[MAX_FDS];
  private final String[] who = new String[MAX_FDS];
  private final boolean[] edge = new boolean[MAX_FDS];
  private final Set<Integer> ready = new LinkedHashSet<>();

  public void arrived(int fd, int bytes) {
    unread[fd] += bytes;
    if (who[fd] != null) ready.add(fd);
  }

  public void ended(int fd) {
    ended[fd] = true;
    if (who[fd] != null) ready.add(fd);
  }

  public int read(int fd, int most) {
    if (unread[fd] == 0) return ended[fd] ? -1 : 0;
    int count = Math.min(most, unread[fd]);
    unread[fd] -= count;
    return count;
  }

  public void watch(int fd, String name, Trigger trigger) {
    if (who[fd] != null) throw new IllegalStateException("EEXIST");
    who[fd] = name;
    edge[fd] = trigger == Trigger.EDGE;
    if (unread[fd] > 0 || ended[fd]) ready.add(fd);
  }

  public void forget(int fd) {
    who[fd] = null;
    ready.remove(fd);
  }

  public void close(int fd) {
    forget(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    var levels = new ArrayList<Integer>();
    for (int fd : ready.toArray(Integer[]::new)) {
      if (told.size() == most) break;
      ready.remove(fd);
      if (unread[fd] == 0 && !ended[fd]) continue;
      told.add(who[fd]);
      if (!edge[fd]) levels.add(fd);
    }
    ready.addAll(levels);
    return told;
  }
}
