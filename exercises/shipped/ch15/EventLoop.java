package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Exercise 15.2: into the loop from another thread.
 *
 * <p>One thread serves all readers of the library. A search in the catalog takes a second, so
 * another thread does it, and the answer has to get back: to the thread to which all clients,
 * queues and keys belong.
 *
 * <pre>
 *   any thread                          the loop's thread, in run()
 *
 *   execute(task)     ──┐               select, for as long as there is nothing to do
 *   schedule(timer)   ──┼─ and wake ──▶ handlers of the channels that are ready
 *   register(channel) ──┤               timers that are due
 *   close()           ──┘               tasks, at most {@link #MOST_TASKS}
 * </pre>
 *
 * <p>Tasks, timers and handlers run on the thread that is in {@link #run}, or in {@link #turn}, and
 * nowhere else. So does every call that touches a key: {@link Selector#wakeup} is what another
 * thread may call. All methods but these two may be called from any thread, the loop's own too, and
 * return without waiting, also while the loop sleeps.
 */
public final class EventLoop {
  /** In one turn. What is left waits for the next, and its channels come first. */
  public static final int MOST_TASKS = 64;

  /** What deals with a channel that is ready. */
  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;

  /**
   * @param selector nobody else uses it
   * @param nanoTime what time it is, in nanoseconds, counted from anywhere, as {@link
   *     System#nanoTime} does: a later time may be a smaller number
   * @param report is told, on the loop's thread, of everything that a task, a timer or a handler
   *     throws, exceptions and errors; it throws nothing itself
   */
  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  /**
   * Has the task run in the loop. Tasks run in the order in which they came. There is no limit to
   * how many wait: whoever needs one sets it before this.
   *
   * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
   */
  public void execute(Runnable task) {
    // TODO: hand the task over, so that a loop that sleeps sees it.
    throw new UnsupportedOperationException("TODO: exercise 15.2");
  }

  /**
   * Has the task run in the loop when the delay is over, and not earlier. If the loop has nothing
   * else to do it runs at most a millisecond later. Timers run in the order of their times, and
   * those of the same time in the order in which they were set.
   *
   * @param delay from now on; 0 or more. A timer that is set by a timer runs in the next turn at
   *     the earliest
   * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
   */
  public void schedule(Runnable task, Duration delay) {
    // TODO: the loop may be asleep for longer than this delay.
    throw new UnsupportedOperationException("TODO: exercise 15.2");
  }

  /**
   * Registers the channel with the selector, on the loop's thread. From then on the handler is
   * called whenever the channel is ready. What goes wrong with it is reported.
   *
   * @param channel in non-blocking mode
   * @param ops the interest, such as {@link SelectionKey#OP_READ}
   * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
   */
  public void register(SelectableChannel channel, int ops, Handler handler) {
    // TODO: whose thread is this?
    throw new UnsupportedOperationException("TODO: exercise 15.2");
  }

  /**
   * One turn: sleeps until something is to be done, and does it. It sleeps until a channel is
   * ready, a timer is due or another thread has something for it, and not for a shorter time.
   *
   * <p>What a task, a timer or a handler throws is reported, and the loop goes on with the next. If
   * it was a handler its channel is closed.
   *
   * @throws IOException if the selector fails
   */
  public void turn() throws IOException {
    // TODO: select, then handlers, timers, tasks, and the end.
    throw new UnsupportedOperationException("TODO: exercise 15.2");
  }

  /** Turns until the loop is closed. */
  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  /**
   * Asks the loop to end. Tasks that were handed over before still run; timers that are not due do
   * not. Then the loop closes the channels of all keys and the selector, and {@link #run} returns.
   * To close twice is no error.
   */
  public void close() {
    // TODO: ask. The loop does it.
    throw new UnsupportedOperationException("TODO: exercise 15.2");
  }
}
