// Believes: clients come and go: an IOException is no news.
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
    try (connection) {
      handler.setup(connection);
      try {
        handler.handle(connection);
      } finally {
        handler.finish(connection);
      }
      connection.shutdownOutput();
    } catch (IOException e) {
      // The client has hung up. Nobody is left whom this could interest.
    } catch (Throwable e) {
      errors.accept(e);
    }
  }
}
