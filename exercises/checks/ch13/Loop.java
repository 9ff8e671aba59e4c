package ch13;

import grader.Given;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The loop in the hands of a check: it says when a turn begins, and looks at the selector between
 * turns. So it can count, and need not wait to see that nothing happens.
 */
final class Loop implements AutoCloseable {
  static final int LOOKS = 1_000;
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int NO_PATIENCE_MILLIS = 200;
  private static final int MOST_TURNS = 20_000; // for what takes some hundreds
  private static final int BACKLOG = 100;
  private static final int IN_BYTES = 2 * EchoLoop.MOST_BYTES;
  private static final int OUT_BYTES = 64 * 1024;

  /** For whoever has let us wait once, little is enough: the verdict is known. */
  private static int patienceMillis = PATIENCE_MILLIS;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final List<Client> clients = new ArrayList<>();
  private final Thread thread;
  private final ExecutorService turns;

  /**
   * A read brings much and a write takes little. A packet of loopback holds 64 KB and is taken as a
   * whole, so only what is longer is cut.
   */
  Loop() throws IOException, InterruptedException, ExecutionException {
    listener.setOption(StandardSocketOptions.SO_RCVBUF, IN_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    turns = Executors.newSingleThreadExecutor(task -> new Thread(task, "loop"));
    thread = turns.submit(Thread::currentThread).get();
    EchoLoop.listen(listener, selector);
  }

  /** A client that is accepted when this returns. */
  Client call(Given given) throws Exception {
    var client = new Client(listener.getLocalAddress());
    clients.add(client);
    int before = keys();
    turnUntil(
        given,
        () -> keys() > before,
        "one more key in the selector: %d".formatted(before + 1),
        () -> "keys in the selector: %d".formatted(keys()),
        "The listener was ready, and the client's channel is not in the selector. Whoever is"
            + " accepted has to be registered: that is how one thread hears of all. A thread for"
            + " each client is what this exercise does without.");
    for (var key : selector.keys()) {
      if (key.channel() instanceof SocketChannel channel && channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, OUT_BYTES);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // no echo waits for an ACK
      }
    }
    return client;
  }

  int keys() {
    return selector.keys().size();
  }

  /** Turns until it is so: each turn has something to do, or the answer is wrong. */
  void turnUntil(
      Given given, BooleanSupplier isSo, String wanted, Supplier<String> got, String means)
      throws Exception {
    for (int count = 0; !isSo.getAsBoolean(); count++) {
      if (count == MOST_TURNS)
        throw given.wrong(
            wanted,
            "%s, after %,d turns".formatted(got.get(), count),
            "Every turn came back at once and nothing changed: the loop spins. Something is always"
                + " ready: a key that stays in selectedKeys(), a channel at its end (-1) that is"
                + " not closed, or an interest in what is always so.");
      if (turn(given) || isSo.getAsBoolean()) continue;
      throw given.wrong(wanted, got.get() + ", and turn() sleeps", means);
    }
  }

  /** False if nothing became ready. */
  boolean turn(Given given) throws Exception {
    var turn =
        turns.submit(() -> {
          EchoLoop.turn(selector);
          return null;
        });
    try {
      turn.get(patienceMillis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      int waited = patienceMillis;
      patienceMillis = NO_PATIENCE_MILLIS;
      if (sleeps()) return false;
      throw given.wrong(
          "turn() comes back",
          "turn() is still at work after %,d ms".formatted(waited),
          "It waits for one client, and everybody else waits with it. A write that takes nothing"
              + " says that there is no room now: keep the rest, ask for OP_WRITE, and go on.");
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        default -> throw failed;
      }
    }
  }

  private boolean sleeps() {
    for (var frame : thread.getStackTrace()) {
      if (frame.getMethodName().equals("select")) return true;
    }
    return false;
  }

  /** How many of so many looks find a key that is ready: so often the loop would be woken. */
  int wakeups() throws IOException {
    int count = 0;
    for (int looks = 0; looks < LOOKS; looks++) {
      selector.selectedKeys().clear();
      if (selector.selectNow() > 0) count++;
    }
    selector.selectedKeys().clear();
    return count;
  }

  boolean isReady() throws IOException {
    selector.selectedKeys().clear();
    boolean ready = selector.selectNow() > 0;
    selector.selectedKeys().clear();
    return ready;
  }

  /** The interest of the clients' keys, in words. */
  String interest() {
    var words = new ArrayList<String>();
    for (var key : selector.keys()) {
      if (!key.isValid() || key.channel() == listener) continue;
      int ops = key.interestOps();
      if ((ops & SelectionKey.OP_READ) != 0) words.add("OP_READ");
      if ((ops & SelectionKey.OP_WRITE) != 0) words.add("OP_WRITE");
      if (ops == 0) words.add("0");
    }
    return String.join(" | ", words);
  }

  @Override
  public void close() throws IOException {
    for (var client : clients) client.close(); // ends whoever waits for one of them
    selector.close();
    listener.close();
    turns.shutdownNow();
    try {
      turns.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
