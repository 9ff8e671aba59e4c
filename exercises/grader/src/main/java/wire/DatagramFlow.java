package wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import wire.DatagramDisturbance.At;
import wire.DatagramDisturbance.Chance;
import wire.DatagramDisturbance.Drop;
import wire.DatagramDisturbance.Duplicate;
import wire.DatagramDisturbance.Reorder;

/** The datagrams from one side of a conversation to the other. */
final class DatagramFlow {
  /** Passes a datagram on. */
  interface Sending {
    void send(ByteBuffer datagram) throws IOException;
  }

  private final Map<DatagramDisturbance, SplittableRandom> disturbances = new LinkedHashMap<>();
  private final Clock clock;
  private final Flow.Log log;
  private final Sending sending;
  private long taken;
  private ByteBuffer late; // passed over by one; null if there is none
  private Thread latest; // sends it when no other comes

  DatagramFlow(List<DatagramDisturbance> disturbances, Clock clock, Flow.Log log, Sending sending) {
    this.clock = clock;
    this.log = log;
    this.sending = sending;
    for (var disturbance : disturbances) this.disturbances.put(disturbance, random(disturbance));
  }

  private SplittableRandom random(DatagramDisturbance disturbance) {
    long seed = disturbance.choice() instanceof Chance(_, long given) ? given : 0;
    int kind = switch (disturbance) { // else one seed would drop and duplicate the same ones
          case Drop _ -> 0;
          case Duplicate _ -> 1;
          case Reorder _ -> 2;
        };
    return new SplittableRandom(seed + 6L * log.conversation() + 2L * kind + log.from().ordinal());
  }

  synchronized void take(ByteBuffer datagram) throws ClosedChannelException {
    switch (chosen(taken++)) {
      case Drop _ -> log.add(Act.DROP, datagram);
      case Duplicate _ -> {
        pass(Act.DATA, datagram);
        pass(Act.DUPLICATE, datagram);
      }
      case Reorder _ when late == null -> {
        late = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        awaitLatest();
        return;
      }
      case Reorder _ -> pass(Act.DATA, datagram); // the one before it is late already
      case null -> pass(Act.DATA, datagram);
    }
    passLate();
  }

  /** Every choice is asked every time, so that none depends on what another chose. */
  private DatagramDisturbance chosen(long number) {
    DatagramDisturbance first = null;
    for (var entry : disturbances.entrySet()) {
      boolean chosen =
          switch (entry.getKey().choice()) {
            case At(var numbers) -> numbers.contains(number);
            case Chance(double probability, _) -> entry.getValue().nextDouble() < probability;
          };
      if (chosen && first == null) first = entry.getKey();
    }
    return first;
  }

  private void pass(Act act, ByteBuffer datagram) throws ClosedChannelException {
    log.add(act, datagram);
    try {
      sending.send(datagram.duplicate());
    } catch (ClosedChannelException over) {
      throw over;
    } catch (IOException unsent) {
      log.add(Act.DROP, datagram); // as UDP does: nobody is told
    }
  }

  private void awaitLatest() {
    var waiting = late;
    long until = clock.nanos() + DatagramTap.LATENESS.toNanos();
    latest =
        Thread.ofVirtual()
            .name("tap, late datagram")
            .start(() -> {
              try {
                clock.await(until);
                passIfStill(waiting);
              } catch (InterruptedException | ClosedChannelException over) {
                // Another datagram came, or the tap is closing.
              }
            });
  }

  private synchronized void passIfStill(ByteBuffer waiting) throws ClosedChannelException {
    if (late == waiting) passLate();
  }

  private void passLate() throws ClosedChannelException {
    if (late == null) return;
    var datagram = late;
    late = null;
    pass(Act.REORDER, datagram);
    latest.interrupt();
  }

  /** The channels are closed: nothing comes any more. */
  void close() {
    Thread waiting;
    synchronized (this) {
      waiting = latest;
    }
    if (waiting != null) Threads.end(waiting);
  }
}
