// Believes: what goes wrong with a connection is an IOException.
// Rejected by: LifecycleTest "treats a bug or an Error as it treats a lost connection"
package ch19;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    IOException failure = null;
    try {
      try {
        handler.setup(connection);
        try {
          handler.handle(connection);
        } finally {
          handler.finish(connection);
        }
      } finally {
        shutdownOutput(connection);
        connection.close();
      }
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException(e));
    }
    if (failure != null) errors.accept(failure);
  }

  private static void shutdownOutput(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone
    }
  }
}
