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

  /** An open descriptor. Another one with the same number later is another object. */
  private static final class Descriptor {
    int unread;
    boolean ended;
    String who; // null: not watched
    Trigger trigger;

    boolean canBeRead() {
      return unread > 0 || ended;
    }
  }

  private final Map<Integer, Descriptor> open = new HashMap<>();

  /** Those with news, in the order in which it came. Whether it still holds is seen when told. */
  private final Set<Descriptor> line = new LinkedHashSet<>();

  private Descriptor descriptor(int fd) {
    return open.computeIfAbsent(fd, _ -> new Descriptor());
  }

  public void arrived(int fd, int bytes) {
    var descriptor = descriptor(fd);
    descriptor.unread += bytes;
    news(descriptor);
  }

  public void ended(int fd) {
    var descriptor = descriptor(fd);
    descriptor.ended = true;
    news(descriptor);
  }

  private void news(Descriptor descriptor) {
    if (descriptor.who != null) line.add(descriptor);
  }

  public int read(int fd, int most) {
    var descriptor = descriptor(fd);
    if (descriptor.unread == 0 && descriptor.ended) return -1;
    int count = Math.min(most, descriptor.unread);
    descriptor.unread -= count;
    return count;
  }

  public void watch(int fd, String who, Trigger trigger) {
    var descriptor = descriptor(fd);
    if (descriptor.who != null) throw new IllegalStateException(fd + " is watched already");
    descriptor.who = who;
    descriptor.trigger = trigger;
    if (descriptor.canBeRead()) news(descriptor);
  }

  public void forget(int fd) {
    var descriptor = descriptor(fd);
    descriptor.who = null;
    line.remove(descriptor);
  }

  public void close(int fd) {
    forget(fd);
    open.remove(fd);
  }

  public List<String> await(int most) {
    var told = new ArrayList<String>();
    var again = new ArrayList<Descriptor>();
    for (var next = line.iterator(); next.hasNext() && told.size() < most; ) {
      var descriptor = next.next();
      next.remove();
      if (!descriptor.canBeRead()) continue;
      told.add(descriptor.who);
      if (descriptor.trigger == Trigger.LEVEL) again.add(descriptor);
    }
    line.addAll(again);
    return told;
  }
}
