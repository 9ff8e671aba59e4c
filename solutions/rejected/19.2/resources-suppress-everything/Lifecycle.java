// Believes: try with resources can suppress whatever is thrown.
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
    try (AutoCloseable end = () -> shutdownRequest(connection)) {
      handler.setup(connection);
      try (AutoCloseable finish = () -> handler.finish(connection)) {
        handler.handle(connection);
      }
    } catch (Throwable t) {
      errors.accept(t);
    }
  }

  private static void shutdownRequest(Socket connection) throws IOException {
    try {
      connection.shutdownOutput();
    } catch (IOException gone) {
      // nobody is left to be told
    }
    connection.close();
  }
}
