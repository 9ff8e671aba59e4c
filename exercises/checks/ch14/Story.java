package ch14;

import static grader.Given.given;

import ch14.Registry.Trigger;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;

/** What happens to a registry, call by call. A verdict tells all of it. */
final class Story {
  private static final int MANY = 64; // more than are ever ready here

  private final Registry registry = new Registry();
  private final List<String> told = new ArrayList<>();

  Story watch(int fd, String who, Trigger trigger) {
    told.add("watch %d as %s, %s".formatted(fd, who, trigger));
    registry.watch(fd, who, trigger);
    return this;
  }

  Story watchAgain(int fd, String who, Trigger trigger, String means) {
    told.add("watch %d as %s, %s".formatted(fd, who, trigger));
    given(text())
        .throwing(IllegalStateException.class, () -> registry.watch(fd, who, trigger), means);
    return this;
  }

  Story arrive(int fd, int bytes) {
    told.add("%d %s for %d".formatted(bytes, bytes == 1 ? "byte comes" : "bytes come", fd));
    registry.arrived(fd, bytes);
    return this;
  }

  Story end(int fd) {
    told.add("%d's peer ends".formatted(fd));
    registry.ended(fd);
    return this;
  }

  Story read(int fd, int most, int wanted, String means) {
    told.add("read %d from %d".formatted(most, fd));
    given(text()).wants(wanted, registry.read(fd, most), means);
    return this;
  }

  /** A read of what is there: that it is so is another check's concern. */
  Story read(int fd, int most) {
    told.add("read %d from %d".formatted(most, fd));
    registry.read(fd, most);
    return this;
  }

  Story forget(int fd) {
    told.add("forget %d".formatted(fd));
    registry.forget(fd);
    return this;
  }

  Story close(int fd) {
    told.add("close %d".formatted(fd));
    registry.close(fd);
    return this;
  }

  Story tells(String means, String... who) {
    return tells(MANY, means, who);
  }

  Story tells(int most, String means, String... who) {
    told.add(most == MANY ? "await" : "await %d".formatted(most));
    given(text()).wants(List.of(who), await(most), means);
    told.add(told.removeLast() + " tells " + List.of(who));
    return this;
  }

  /** Goes through the list as an event loop does, and calls the registry for each that it names. */
  Story eachOf(List<String> wanted, String means, Runnable forEach) {
    told.add("await, and for each that it tells of the loop closes and watches");
    var given = given(text());
    var seen = new ArrayList<String>();
    try {
      for (var who : await(MANY)) {
        seen.add(who);
        if (seen.size() > wanted.size()) break;
        forEach.run();
      }
    } catch (ConcurrentModificationException changed) {
      throw given.wrong(wanted.toString(), changed.toString(), means);
    }
    given.wants(wanted, seen, means);
    return this;
  }

  private List<String> await(int most) {
    var list = registry.await(most);
    if (list == null) throw given(text()).wrong("a list", "null", "Nobody is the empty list.");
    return list;
  }

  private String text() {
    return String.join("; ", told);
  }
}
