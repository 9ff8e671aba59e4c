package ch15;

import java.lang.management.ManagementFactory;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A selector that never waits: while it would sleep, its time jumps to what happens next. Other
 * threads act when a check has said, one at a time, and only while the loop is in select. So no
 * race depends on the machine.
 */
final class ManualSelector extends AbstractSelector {
  private static final int MOST_SELECTS = 5_000; // for what takes a few
  private static final Duration PATIENCE = Duration.ofSeconds(1); // with a thread that waits
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(4);

  /** See {@link #stuck}. */
  static final String LOCKED = "another thread waits for a lock that the loop holds in select";

  /** Thrown through the loop, which cannot go on. What it was is noted: a loop may catch it. */
  static final class Stuck extends Error {
    private static final long serialVersionUID = 1;

    Stuck(String what) {
      super(what);
    }
  }

  /** Something that another thread does while the loop sleeps. */
  private record Event(long at, Runnable action) {}

  private final long startNanos;
  private final Thread loop = Thread.currentThread();
  private final List<Event> events = new ArrayList<>();
  private final Set<SelectionKey> keys = new LinkedHashSet<>();
  private final Set<SelectionKey> selected = new HashSet<>();
  private final List<String> touched = new ArrayList<>();
  private Thread worker;
  private Throwable workerThrew;
  private int selects;
  private String stuck = "";
  private boolean quick;
  private volatile long elapsed;
  private volatile boolean woken;
  private volatile boolean loopIsQuick; // it is back in select before wakeup() returns
  private volatile boolean inWakeup;
  private volatile boolean mayReturn;

  ManualSelector(long startNanos) {
    super(SelectorProvider.provider());
    this.startNanos = startNanos;
  }

  long nanoTime() {
    return startNanos + elapsed;
  }

  /** Since the beginning. */
  Duration elapsed() {
    return Duration.ofNanos(elapsed);
  }

  /** Time that the loop itself needs. */
  void pass(Duration time) {
    elapsed += time.toNanos();
  }

  int selects() {
    return selects;
  }

  /** Why the loop cannot go on; empty if it can. */
  String stuck() {
    return stuck;
  }

  /** What was done to keys by threads other than the loop's. */
  List<String> touched() {
    return touched;
  }

  /** What the last other thread has thrown, or null. */
  Throwable workerThrew() {
    return workerThrew;
  }

  /** At this time after the beginning, if the loop sleeps then. */
  void at(Duration time, Runnable action) {
    events.add(new Event(time.toNanos(), action));
    events.sort(Comparator.comparingLong(Event::at)); // stable
  }

  /** From now on the first wakeup() returns only when the loop has done what it found. */
  void beQuick() {
    quick = true;
  }

  /** Does it on another thread, and returns when it is done or has woken a quick loop. */
  void onWorker(Runnable action) {
    letGo();
    inWakeup = false;
    mayReturn = false;
    loopIsQuick = quick;
    quick = false;
    worker = Thread.ofPlatform().daemon().name("worker").start(() -> act(action));
    awaitWorker();
  }

  private void act(Runnable action) {
    try {
      action.run();
    } catch (Throwable thrown) {
      workerThrew = thrown; // seen after the join
    }
  }

  /** The end of a worker whose wakeup() has not returned yet. */
  void letGo() {
    mayReturn = true;
    if (worker != null) awaitWorker();
  }

  private void awaitWorker() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!worker.join(Duration.ofMillis(1))) {
        if (inWakeup && !mayReturn) return;
        if (waitsFor(worker, loop)) throw stop(LOCKED);
        if (System.nanoTime() - deadline > 0 && isWaiting(worker))
          throw stop("another thread waits, and its call does not return");
      }
      worker = null;
    } catch (InterruptedException hurried) {
      loop.interrupt();
    }
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }

  private static boolean waitsFor(Thread thread, Thread owner) {
    var info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
    return info != null && info.getLockOwnerId() == owner.threadId();
  }

  private Stuck stop(String what) {
    if (stuck.isEmpty()) stuck = what;
    return new Stuck(what);
  }

  @Override
  public Selector wakeup() {
    woken = true;
    if (!loopIsQuick || Thread.currentThread() == loop) return this;
    loopIsQuick = false;
    inWakeup = true;
    long deadline = System.nanoTime() + MOST_PATIENCE.toNanos();
    while (!mayReturn
        && !waitsFor(loop, Thread.currentThread())
        && System.nanoTime() - deadline < 0) LockSupport.parkNanos(100_000);
    inWakeup = false;
    return this;
  }

  @Override
  public int selectNow() {
    return select(true, Long.MAX_VALUE);
  }

  @Override
  public int select() {
    return select(false, Long.MAX_VALUE);
  }

  @Override
  public int select(long millis) {
    if (millis < 0) throw new IllegalArgumentException("Negative timeout");
    if (millis == 0 || millis > Long.MAX_VALUE / 4 / 1_000_000) return select();
    return select(false, elapsed + millis * 1_000_000);
  }

  /** Holds its own lock, as the JDK's do. */
  private synchronized int select(boolean now, long until) {
    if (!isOpen()) throw new ClosedSelectorException();
    if (!stuck.isEmpty()) throw new Stuck(stuck);
    if (++selects > MOST_SELECTS) throw stop("%,d selects, and no end".formatted(MOST_SELECTS));
    letGo();
    forgetCanceled();
    while (!anyReady() && !woken && !now && isOpen()) {
      if (events.isEmpty() || events.getFirst().at > until) {
        if (until == Long.MAX_VALUE) throw stop("the loop sleeps for ever");
        elapsed = until;
        break;
      }
      var next = events.removeFirst();
      elapsed = Math.max(elapsed, next.at);
      onWorker(next.action);
    }
    woken = false;
    if (!isOpen()) return 0;
    forgetCanceled();
    int before = selected.size();
    for (var key : keys) if (((Key) key).isReady()) selected.add(key);
    return selected.size() - before;
  }

  private boolean anyReady() {
    return keys.stream().anyMatch(key -> ((Key) key).isReady());
  }

  private void forgetCanceled() {
    synchronized (cancelledKeys()) {
      for (var key : cancelledKeys()) {
        keys.remove(key);
        selected.remove(key);
        deregister((AbstractSelectionKey) key);
      }
      cancelledKeys().clear();
    }
  }

  @Override
  public Set<SelectionKey> keys() {
    if (!isOpen()) throw new ClosedSelectorException();
    return Set.copyOf(keys);
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    if (!isOpen()) throw new ClosedSelectorException();
    return selected;
  }

  @Override
  protected void implCloseSelector() {
    noteTouch("Selector.close");
    woken = true;
    forgetCanceled();
    for (var key : keys) deregister((AbstractSelectionKey) key);
    keys.clear();
    selected.clear();
  }

  @Override
  protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
    noteTouch("register");
    var key = new Key(channel, ops);
    key.attach(attachment);
    keys.add(key);
    return key;
  }

  private void noteTouch(String what) {
    if (Thread.currentThread() != loop) touched.add(what);
  }

  private final class Key extends AbstractSelectionKey {
    private final AbstractSelectableChannel channel;
    private volatile int interest;

    Key(AbstractSelectableChannel channel, int interest) {
      this.channel = channel;
      this.interest = interest;
    }

    boolean isReady() {
      return isValid() && interest != 0 && ((ManualChannel) channel).isReady();
    }

    @Override
    public SelectableChannel channel() {
      return channel;
    }

    @Override
    public Selector selector() {
      return ManualSelector.this;
    }

    @Override
    public int interestOps() {
      if (!isValid()) throw new CancelledKeyException();
      return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
      if (!isValid()) throw new CancelledKeyException();
      noteTouch("interestOps");
      interest = ops;
      return this;
    }

    @Override
    public int readyOps() {
      if (!isValid()) throw new CancelledKeyException();
      return isReady() ? interest : 0;
    }
  }
}
