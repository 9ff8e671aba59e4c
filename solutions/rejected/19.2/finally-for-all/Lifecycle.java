// Believes: a finally belongs around all that may fail.
// Rejected by: LifecycleTest "closes and reports, and does no more, when setup fails"
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
      try {
        handler.setup(connection);
        handler.handle(connection);
      } finally {
        handler.finish(connection);
      }
    } catch (Throwable t) {
      first = t;
    }
    shutdownOutput(connection);
    try {
      connection.close();
    } catch (IOException e) {
      if (first == null) first = e;
      else first.addSuppressed(e);
    }
    if (first != null) errors.accept(first);
  }

  private static void shutdownOutput(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone
    }
  }
}
