// Believes: each level reports what it sees, and passes it on.
// Rejected by: LifecycleTest "finishes, closes and reports once when handle fails"
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
    try {
      finishRequest(connection, handler, errors);
    } catch (Throwable t) {
      errors.accept(t);
    } finally {
      try {
        shutdownRequest(connection);
      } catch (IOException e) {
        errors.accept(e);
      }
    }
  }

  private static void finishRequest(Socket connection, Handler handler, Consumer<Throwable> errors)
      throws Exception {
    handler.setup(connection);
    try {
      handler.handle(connection);
    } catch (Exception e) {
      errors.accept(e);
      throw e;
    } finally {
      handler.finish(connection);
    }
  }

  private static void shutdownRequest(Socket connection) throws IOException {
    try {
      connection.shutdownOutput();
    } finally {
      connection.close();
    }
  }
}
