// Believes: a request whose setup failed has not begun, so nothing is to be ended.
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
    try {
      handler.setup(connection);
    } catch (Throwable e) {
      errors.accept(e);
      return;
    }
    try {
      try {
        handler.handle(connection);
      } finally {
        handler.finish(connection);
      }
    } catch (Throwable e) {
      errors.accept(e);
    } finally {
      shutdownOutput(connection);
      try {
        connection.close();
      } catch (IOException e) {
        errors.accept(e);
      }
    }
  }

  private static void shutdownOutput(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone
    }
  }
}
