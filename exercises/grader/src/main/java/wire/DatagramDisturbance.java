package wire;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the tap does to the datagrams of one side. Which ones it does it to is a {@link Choice}.
 * Where several choose the same datagram, the first that was given acts alone.
 */
public sealed interface DatagramDisturbance {
  Choice choice();

  /** It never arrives. */
  record Drop(Choice choice) implements DatagramDisturbance {}

  /** It arrives twice. */
  record Duplicate(Choice choice) implements DatagramDisturbance {}

  /**
   * It arrives after the one that was sent next. Where none follows within {@link
   * DatagramTap#LATENESS} it arrives then, alone: late, not lost.
   */
  record Reorder(Choice choice) implements DatagramDisturbance {}

  /** Which datagrams of a side. */
  sealed interface Choice {}

  /** Those with these numbers; the first that a client, or the server to it, sends is number 0. */
  record At(Set<Long> numbers) implements Choice {
    public At {
      numbers = Set.copyOf(numbers);
    }

    public At(long... numbers) {
      this(Arrays.stream(numbers).boxed().collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** Each with this probability. The same seed chooses the same numbers of the n-th client. */
  record Chance(double probability, long seed) implements Choice {
    public Chance {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("probability " + probability + ", not 0 to 1");
      }
    }
  }
}
