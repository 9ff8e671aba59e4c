package wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A tap to be opened.
 *
 * @param <D> the disturbances that it knows
 */
public final class Plan<D> {
  /** How a kind of tap is opened. */
  interface Opening<D> {
    Tap open(Plan<D> plan) throws IOException;
  }

  private final SocketAddress target;
  private final Opening<D> opening;
  private final Map<Side, List<D>> disturbances = new EnumMap<>(Side.class);
  private SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private Clock clock = Clock.REAL;
  private Duration patience = Duration.ofSeconds(5);
  private Consumer<Event> listener = _ -> {};

  Plan(SocketAddress target, Opening<D> opening) {
    if (target instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new IllegalArgumentException("unknown host " + inet.getHostString());
    }
    this.target = target;
    this.opening = opening;
    for (var side : Side.values()) disturbances.put(side, new ArrayList<>());
  }

  /** Disturbs what this side sends. */
  @SafeVarargs
  public final Plan<D> from(Side side, D... more) {
    for (var disturbance : more) disturbances.get(side).add(disturbance);
    return this;
  }

  public Plan<D> from(Side side, List<? extends D> more) {
    disturbances.get(side).addAll(more);
    return this;
  }

  /** Where it listens. Without it: a free port of loopback. */
  public Plan<D> listenOn(SocketAddress address) {
    this.address = address;
    return this;
  }

  /** Without it: {@link Clock#REAL}. */
  public Plan<D> clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** How long the connection to the server may take, in real time. Without it: 5 s. */
  public Plan<D> connectWithin(Duration patience) {
    this.patience = patience;
    return this;
  }

  /** Is told of every event as it happens, on the thread that it happens on: must be quick. */
  public Plan<D> onEvent(Consumer<Event> listener) {
    this.listener = listener;
    return this;
  }

  /**
   * @throws java.net.BindException if the address is taken, or is not this machine's
   */
  public Tap open() throws IOException {
    return opening.open(this);
  }

  SocketAddress target() {
    return target;
  }

  SocketAddress address() {
    return address;
  }

  Clock clock() {
    return clock;
  }

  Duration patience() {
    return patience;
  }

  List<D> disturbances(Side side) {
    return List.copyOf(disturbances.get(side));
  }

  Recorder recorder() {
    return new Recorder(clock, listener);
  }
}
