// Believes: Exception is the top of what can be thrown.
// Rejected by: LifecycleTest "treats a bug or an Error as it treats a lost connection"
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
    Exception first = null;
    try {
      handler.setup(connection);
      try {
        handler.handle(connection);
      } catch (Exception e) {
        first = e;
      } finally {
        handler.finish(connection);
      }
    } catch (Exception e) {
      first = add(first, e);
    } finally {
      try {
        shutdownOutput(connection);
        connection.close();
      } catch (IOException e) {
        first = add(first, e);
      }
    }
    if (first != null) errors.accept(first);
    if (first instanceof InterruptedException) Thread.currentThread().interrupt();
  }

  private static Exception add(Exception first, Exception next) {
    if (first == null) return next;
    first.addSuppressed(next);
    return first;
  }

  private static void shutdownOutput(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone
    }
  }
}
