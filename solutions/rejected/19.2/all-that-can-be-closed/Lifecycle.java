// Believes: whatever can be closed is to be closed.
// Rejected by: LifecycleTest "half-closes, and closes once, also when the peer is gone"
package ch19;

import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

public final class Lifecycle {
  public interface Handler {
    default void setup(Socket connection) throws Exception {}

    void handle(Socket connection) throws Exception;

    default void finish(Socket connection) throws Exception {}
  }

  public static void processRequest(
      Socket connection, Handler handler, Consumer<Throwable> errors) {
    Set<Throwable> failures = new LinkedHashSet<>();
    try {
      handler.setup(connection);
      try {
        handler.handle(connection);
      } catch (Throwable t) {
        failures.add(t);
      }
      handler.finish(connection);
    } catch (Throwable t) {
      failures.add(t);
    }
    try {
      connection.shutdownOutput();
    } catch (IOException gone) {
      // the client has left
    }
    try {
      connection.getInputStream().close();
    } catch (IOException e) {
      failures.add(e);
    }
    try {
      connection.close();
    } catch (IOException e) {
      failures.add(e);
    }
    if (failures.isEmpty()) return;
    var first = failures.iterator().next();
    failures.stream().skip(1).forEach(first::addSuppressed);
    errors.accept(first);
  }
}
