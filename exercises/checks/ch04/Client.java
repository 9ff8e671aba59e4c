package ch04;

import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Bytes;
import grader.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * A client at the far end of a wire. What it hears, it hears with a deadline: silence is an answer
 * too, and what it means is for the check to say.
 */
final class Client implements AutoCloseable {
  /** Shared by all clients of a run: code that let one of them wait lets the others wait. */
  private static volatile Duration patience = Duration.ofSeconds(2);

  final Wire wire;
  private final InputStream in;

  private Client(Wire wire) throws IOException {
    this.wire = wire;
    in = new BufferedInputStream(wire.far().getInputStream()); // shows what came at once
    wire.far().setSoTimeout((int) patience.toMillis());
  }

  static Client call() throws IOException {
    return new Client(Wire.open());
  }

  /** Sends each piece when the one before has been read. */
  static Client call(List<byte[]> pieces) throws IOException {
    var near = new PacedSocket();
    var client = new Client(Wire.open(near));
    near.pace(client.wire, pieces);
    return client;
  }

  static Duration patience() {
    return patience;
  }

  /** A learner waits for the verdict: eight checks that each wait for long take too long. */
  static void losePatience() {
    patience = Duration.ofMillis(500);
  }

  /** What the desk has accepted, or will. */
  Socket atTheDesk() {
    return wire.near();
  }

  /** Says something, if anybody is there to hear it. */
  void say(String text) {
    try {
      wire.send(text.getBytes(UTF_8));
    } catch (IOException gone) {
      // What it hears next tells.
    }
  }

  /** One line with its LF, or what came of it. */
  String hear() {
    return hear(1);
  }

  /** So many lines; less, and why, if they do not come. */
  String hear(int lines) {
    var heard = new ByteArrayOutputStream();
    var why = "";
    try {
      for (int next; lines > 0; heard.write(next)) {
        next = in.read();
        if (next < 0) {
          why = "[end]";
          break;
        }
        if (next == '\n') lines--;
      }
    } catch (SocketTimeoutException silence) {
      losePatience();
      why = "[silence]";
    } catch (IOException lost) {
      why = "[reset]";
    }
    var text = Bytes.visible(heard.toByteArray());
    return text.isEmpty() || why.isEmpty() ? text + why : text + " " + why;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
