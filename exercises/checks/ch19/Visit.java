package ch19;

import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Wire;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** One connection over a real wire, a handler that does as it is told, and what is called when. */
final class Visit implements AutoCloseable, Lifecycle.Handler {
  private static final int PATIENCE_MILLIS = 500; // for an end that ought to be there

  /** What a step of the handler does. */
  interface Step {
    void on(Socket connection) throws Exception;
  }

  final Wire wire = Wire.open(new Recorded());
  final List<Throwable> reported = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final StringBuilder heard = new StringBuilder();
  private Step setup = _ -> {};
  private Step handle = _ -> {};
  private Step finish = _ -> {};
  private IOException failsToHalfClose;
  private IOException failsToClose;
  private boolean peerListens;
  private boolean over; // what comes now is our own tidying up
  private String heardBeforeClose = "not closed";
  private Throwable thrown;
  private boolean interrupted;

  Visit() throws IOException {}

  Visit setup(Step does) {
    setup = does;
    return this;
  }

  Visit handle(Step does) {
    handle = does;
    return this;
  }

  Visit finish(Step does) {
    finish = does;
    return this;
  }

  static Step failing(Exception failure) {
    return _ -> {
      throw failure;
    };
  }

  /** It says that it failed, and the half-close is made all the same. */
  Visit halfCloseFails(IOException failure) {
    failsToHalfClose = failure;
    return this;
  }

  /** It says that it failed, and the socket is closed all the same. */
  Visit closeFails(IOException failure) {
    failsToClose = failure;
    return this;
  }

  /** The peer reads to the end, in the moment before the connection is closed. */
  Visit peerListens() {
    peerListens = true;
    return this;
  }

  /** Leads the connection through its life. */
  Visit serve() {
    try {
      Lifecycle.processRequest(wire.near(), this, reported::add);
    } catch (UnsupportedOperationException todo) {
      throw todo;
    } catch (Throwable escaped) {
      thrown = escaped;
    } finally {
      interrupted = Thread.interrupted(); // it must not meet the next check
      over = true;
    }
    return this;
  }

  @Override
  public void setup(Socket connection) throws Exception {
    calls.add("setup");
    setup.on(connection);
  }

  @Override
  public void handle(Socket connection) throws Exception {
    calls.add("handle");
    handle.on(connection);
  }

  @Override
  public void finish(Socket connection) throws Exception {
    calls.add("finish");
    finish.on(connection);
  }

  /** The steps and the close, in their order. How often it is closed is a question of its own. */
  String story() {
    var steps = new ArrayList<>(calls);
    steps.removeAll(List.of("half-close", "close"));
    int closed = calls.indexOf("close");
    if (closed >= 0) {
      var before = new ArrayList<>(calls.subList(0, closed));
      before.removeAll(List.of("half-close"));
      steps.add(before.size(), "close");
    }
    return String.join(", ", steps)
        + (wire.near().isClosed() ? "" : ", and the connection stays open");
  }

  /** The same, with the half-close and every close. */
  String end() {
    return String.join(", ", calls.stream().filter(call -> call.endsWith("close")).toList());
  }

  /** What was reported, and what the caller got. */
  String outcome() {
    var reports = String.join(", and ", reported.stream().map(Visit::told).toList());
    return (reports.isEmpty() ? "nothing is reported" : "reported: " + reports)
        + (thrown == null ? "" : "; thrown: " + thrown);
  }

  private static String told(Throwable failure) {
    var all = new StringBuilder(failure.toString());
    for (var later : failure.getSuppressed())
      all.append(" (suppressed: ").append(later).append(')');
    return all.toString();
  }

  /** Whether it was reported, once, and nothing came back to the caller. */
  boolean reportedOnce() {
    return reported.size() == 1 && thrown == null;
  }

  boolean interrupted() {
    return interrupted;
  }

  String heardBeforeClose() {
    return heardBeforeClose;
  }

  /** What the peer hears to the end: {@code text [end]}, or {@code text [silence]} for no end. */
  String hears() {
    try {
      wire.far().setSoTimeout(PATIENCE_MILLIS);
      var in = wire.far().getInputStream();
      var chunk = new byte[1_000];
      for (int count; (count = in.read(chunk)) >= 0; ) {
        heard.append(new String(chunk, 0, count, US_ASCII));
      }
      return heard.toString().strip() + " [end]";
    } catch (SocketTimeoutException silence) {
      return heard.toString().strip() + " [silence]";
    } catch (IOException reset) {
      return "%s [%s]".formatted(heard.toString().strip(), reset.getMessage());
    }
  }

  static void say(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\n").getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  private final class Recorded extends Socket {
    @Override
    public void shutdownOutput() throws IOException {
      if (!over) calls.add("half-close");
      super.shutdownOutput();
      if (failsToHalfClose != null) throw failsToHalfClose;
    }

    @Override
    public void close() throws IOException {
      if (over) {
        super.close();
        return;
      }
      calls.add("close");
      if (peerListens && !isClosed()) heardBeforeClose = hears();
      super.close();
      if (failsToClose != null) throw failsToClose;
    }
  }
}
