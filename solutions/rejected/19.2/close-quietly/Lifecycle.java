// Believes: nothing can go wrong any more when a connection is closed.
// Rejected by: LifecycleTest "reports the first failure, and the later ones with it"
package ch19;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

public final class Lifecycle {
  public interface Handler {
    default void setup(Socket connection) throws Exception {}

    void handle(Socket connection) throws Exception;

    default void finish(Socket connection) throws Exception {}
  }

  public static void processRequest(
      Socket connection, Handler handler, Consumer<Throwable> errors) {
    Throwable first = null;
    try {
      handler.setup(connection);
      try {
        handler.handle(connection);
      } catch (Throwable t) {
        first = t;
      }
      handler.finish(connection);
    } catch (Throwable t) {
      if (first == null) first = t;
      else if (t != first) first.addSuppressed(t);
    }
    closeQuietly(connection);
    if (first != null) errors.accept(first);
  }

  private static void closeQuietly(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException ignored) {
      // quietly
    }
    try {
      connection.close();
    } catch (IOException ignored) {
      // quietly
    }
  }
}
