package ch16;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code serve} at work on a thread of its own, with a listener, a thread factory and a handler
 * that note what it does with them.
 *
 * <p>The handler says Hello to a client, and then says each line back. Three words are special:
 * {@code bye} ends it, {@code bug} and {@code loss} make it throw.
 */
final class Counter implements AutoCloseable {
  static final String HELLO = "Hello";

  private final int most;
  private final Listener listener = new Listener();
  private final List<Caller> callers = new ArrayList<>();
  private final ConcurrentLinkedQueue<Thread> made = new ConcurrentLinkedQueue<>();
  private final Map<Socket, Thread> handledOn = new ConcurrentHashMap<>();
  private final AtomicInteger done = new AtomicInteger(); // conversations, and those never begun
  private final AtomicInteger startsToFail = new AtomicInteger();
  private final Thread serving;
  private volatile Throwable thrown;

  Counter(int most) throws IOException {
    this.most = most;
    serving = Thread.ofPlatform().daemon().name("serve").start(this::serve);
  }

  private void serve() {
    try {
      CappedServer.serve(listener, most, this::newThread, this::handle);
    } catch (Throwable failed) {
      thrown = failed;
    } finally {
      if (!listener.isClosed()) callers.forEach(this::hangUp);
    }
  }

  /** So that a check which listens need not run out of patience. */
  private void hangUp(Caller caller) {
    try {
      caller.wire.near().close();
    } catch (IOException alreadyLost) {
      // That is what it is to be.
    }
  }

  private Thread newThread(Runnable task) {
    var thread = new Made(task);
    made.add(thread);
    return thread;
  }

  private void handle(Socket client) throws IOException {
    handledOn.put(client, Thread.currentThread());
    try {
      var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      for (var line = HELLO; line != null && !line.equals("bye"); line = in.readLine()) {
        if (line.equals("bug")) throw new IllegalStateException("a bug, as asked");
        if (line.equals("loss")) throw new SocketException("Connection reset");
        client.getOutputStream().write((line + "\n").getBytes(UTF_8));
      }
    } finally {
      done.incrementAndGet();
    }
  }

  /** Connects: from now on the client is in the accept queue. */
  Caller call() throws IOException {
    var caller = new Caller();
    callers.add(caller);
    listener.queue.add(caller.wire.near());
    if (!serving.isAlive()) hangUp(caller);
    return caller;
  }

  void failStarts(int count) {
    startsToFail.set(count);
  }

  int accepted() {
    return listener.accepted.get();
  }

  boolean acceptedTooEarly() {
    return listener.tooEarly;
  }

  boolean handledOnServingThread(Caller caller) {
    return handledOn.get(caller.wire.near()) == serving;
  }

  /** How many different threads of the factory's have handled a client. */
  long threadsUsed() {
    return handledOn.values().stream().filter(made::contains).distinct().count();
  }

  int threadsMade() {
    return made.size();
  }

  int handled() {
    return handledOn.size();
  }

  /** Waits until the thread that handled the caller has ended, and tells whether it has. */
  boolean threadEnds(Caller caller) throws InterruptedException {
    var thread = handledOn.get(caller.wire.near());
    return thread != null && thread != serving && ends(thread);
  }

  private static boolean ends(Thread thread) throws InterruptedException {
    boolean ended = thread.join(Caller.patience());
    if (!ended) Caller.losePatience();
    return ended;
  }

  void closeListener() throws IOException {
    listener.close();
  }

  /** Waits until serve waits for something other than a client, or accepts one too many. */
  void awaitItsRest() {
    long deadline = System.nanoTime() + Caller.patience().toNanos();
    while (!listener.tooEarly && !rests() && System.nanoTime() < deadline) Thread.onSpinWait();
  }

  private boolean rests() {
    return switch (serving.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> !listener.accepting;
      case TERMINATED -> true;
      default -> false;
    };
  }

  boolean isServing() {
    return serving.isAlive();
  }

  /** Waits until serve has returned or thrown, and tells whether it has. */
  boolean ends() throws InterruptedException {
    return ends(serving);
  }

  /** How serve has ended, in words. */
  String end() {
    return thrown == null ? "serve has returned" : "serve has thrown " + thrown;
  }

  Throwable thrown() {
    return thrown;
  }

  /** What no check expects is for the grader to explain. */
  void rethrow() {
    switch (thrown) {
      case UnsupportedOperationException todo -> throw todo;
      case null, default -> {}
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var caller : callers) caller.close();
    serving.interrupt();
  }

  /** A thread that starts, unless there is none to be had. */
  private final class Made extends Thread {
    Made(Runnable task) {
      super(task);
      setDaemon(true);
      setUncaughtExceptionHandler((thread, thrown) -> {});
    }

    @Override
    public void start() {
      if (startsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        done.incrementAndGet();
        throw new OutOfMemoryError("unable to create native thread");
      }
      super.start();
    }
  }

  /** Ends code that calls accept again and again though it can only fail. */
  static final class Spinning extends Error {
    private static final long serialVersionUID = 1;
    static final int MOST_CALLS = 100;

    Spinning() {
      super(MOST_CALLS + " calls of accept on a listener that is closed");
    }
  }

  /** Hands out the near ends of wires, so that a verdict shows what crossed them. */
  private final class Listener extends ServerSocket {
    private static final Socket CLOSED = new Socket();

    final BlockingQueue<Socket> queue = new LinkedBlockingQueue<>();
    final AtomicInteger accepted = new AtomicInteger();
    volatile boolean accepting;
    volatile boolean tooEarly;
    private volatile int callsAfterClose;

    Listener() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      if (accepted.get() - done.get() >= most) tooEarly = true;
      accepting = true;
      try {
        if (!isClosed()) {
          var client = queue.take();
          if (client != CLOSED) {
            accepted.incrementAndGet();
            return client;
          }
        }
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      } finally {
        accepting = false;
      }
      if (++callsAfterClose > Spinning.MOST_CALLS) throw new Spinning();
      throw new SocketException("Socket closed");
    }

    @Override
    public void close() throws IOException {
      super.close();
      queue.add(CLOSED);
    }
  }
}
