// Believes: an InterruptedException is an exception like any other.
// Rejected by: LifecycleTest "gives an interrupt back, when finish is done"
package ch19;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

public final class Lifecycle {
  public interface Handler {
    default void setup(Socket connection) throws Exception {}

    void handle(Socket connection) throws Exception;

    default void finish(Socket connection) throws Exception {}
  }

  public static void processRequest(
      Socket connection, Handler handler, Consumer<Throwable> errors) {
    List<Throwable> failures = new ArrayList<>();
    boolean ready = attempt(failures, () -> handler.setup(connection));
    if (ready) {
      attempt(failures, () -> handler.handle(connection));
      attempt(failures, () -> handler.finish(connection));
    }
    shutdownOutput(connection);
    attempt(failures, connection::close);
    Throwable first = null;
    for (Throwable t : failures) {
      if (first == null) first = t;
      else if (t != first) first.addSuppressed(t);
    }
    if (first != null) errors.accept(first);
  }

  private static boolean attempt(List<Throwable> failures, Action action) {
    try {
      action.run();
      return true;
    } catch (Throwable t) {
      failures.add(t);
      return false;
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void shutdownOutput(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone
    }
  }
}
