package ch16;

import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A client. What it hears, it hears with a deadline: silence is an answer too. */
final class Caller implements AutoCloseable {
  /** Shared by all callers of a run: code that let one of them wait lets the others wait. */
  private static volatile Duration patience = Duration.ofSeconds(2);

  final Wire wire;

  Caller() throws IOException {
    wire = Wire.open();
  }

  static Duration patience() {
    return patience;
  }

  /** A learner waits for the verdict. */
  static void losePatience() {
    patience = Duration.ofMillis(300);
  }

  void say(String line) {
    try {
      wire.send((line + "\n").getBytes(UTF_8));
    } catch (IOException gone) {
      // What it hears next tells.
    }
  }

  /** One line without its LF, or what came of it. */
  String hear() {
    var line = new StringBuilder();
    try {
      wire.far().setSoTimeout((int) patience.toMillis());
      while (true) {
        int next = wire.far().getInputStream().read();
        if (next < 0) return line + "[end]";
        if (next == '\n') return line.toString();
        line.append((char) next);
      }
    } catch (SocketTimeoutException silence) {
      losePatience();
      return line + "[silence]";
    } catch (IOException lost) {
      return line + "[reset]";
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
