// Believes: what comes after handle runs after handle.
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
      handler.setup(connection);
      handler.handle(connection);
      handler.finish(connection);
    } catch (Throwable e) {
      errors.accept(e);
    } finally {
      shutdownRequest(connection, errors);
    }
  }

  private static void shutdownRequest(Socket connection, Consumer<Throwable> errors) {
    try {
      connection.shutdownOutput();
    } catch (IOException ignored) {
      // as in socketserver
    }
    try {
      connection.close();
    } catch (IOException e) {
      errors.accept(e);
    }
  }
}
