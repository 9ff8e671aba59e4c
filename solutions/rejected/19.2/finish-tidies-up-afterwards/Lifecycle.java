// Believes: finish comes after everything, also after the close.
// Rejected by: LifecycleTest "sets up, handles, finishes, and then closes"
package ch19;

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
    boolean ready = false;
    Throwable error = null;
    try (connection) {
      handler.setup(connection);
      ready = true;
      handler.handle(connection);
      connection.shutdownOutput();
    } catch (Throwable t) {
      error = t;
    } finally {
      if (ready) {
        try {
          handler.finish(connection);
        } catch (Throwable t) {
          if (error == null) error = t;
          else error.addSuppressed(t);
        }
      }
    }
    if (error != null) errors.accept(error);
  }
}
