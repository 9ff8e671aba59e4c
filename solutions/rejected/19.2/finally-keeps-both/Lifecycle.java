// Believes: an exception from finally is added to the one on its way.
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
    boolean interrupted = false;
    try (connection) {
      try {
        handler.setup(connection);
        try {
          handler.handle(connection);
        } finally {
          interrupted = Thread.interrupted();
          handler.finish(connection);
        }
      } finally {
        shutdownOutput(connection);
      }
    } catch (Throwable t) {
      if (t instanceof InterruptedException) interrupted = true;
      errors.accept(t);
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private static void shutdownOutput(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone
    }
  }
}
