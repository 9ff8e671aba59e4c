package ch19;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

/** Exercise 19.2: lifecycle. */
public final class Lifecycle {

  /** What is done for one connection. It need not close it. */
  public interface Handler {
    default void setup(Socket connection) throws Exception {}

    void handle(Socket connection) throws Exception;

    default void finish(Socket connection) throws Exception {}
  }

  private interface Step {
    void run() throws Exception;
  }

  private Throwable first; // what has failed first; later failures are suppressed in it
  private boolean interrupted;

  private Lifecycle() {}

  public static void processRequest(
      Socket connection, Handler handler, Consumer<Throwable> errors) {
    var life = new Lifecycle();
    Step close = connection::close; // made while there is memory
    try {
      if (life.did(() -> handler.setup(connection))) {
        life.did(() -> handler.handle(connection));
        life.keepInterrupt();
        life.did(() -> handler.finish(connection));
      }
    } finally {
      halfClose(connection);
      life.did(close);
    }
    life.keepInterrupt();
    if (life.first != null) errors.accept(life.first);
    if (life.interrupted) Thread.currentThread().interrupt();
  }

  /** Whether it did not fail. */
  private boolean did(Step step) {
    try {
      step.run();
      return true;
    } catch (Throwable failed) { // an Error, too: the connection is to be closed
      if (failed instanceof InterruptedException) interrupted = true;
      if (first == null) first = failed;
      else if (first != failed) first.addSuppressed(failed); // itself it must not suppress
      return false;
    }
  }

  /** What comes next may have to wait. */
  private void keepInterrupt() {
    interrupted |= Thread.interrupted();
  }

  private static void halfClose(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException gone) {
      // Nobody is left to be told of the end, or the handler has told it.
    }
  }
}
