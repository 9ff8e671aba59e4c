package ch04;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** One conversation: {@code talk} at work on a thread of its own, and its client. */
final class Visit implements AutoCloseable {
  final Client client;
  private final Thread desk;
  private volatile Throwable thrown;

  private Visit(Client client) {
    this.client = client;
    desk = Thread.ofVirtual().name("talk").start(this::talk);
  }

  static Visit start() throws IOException {
    return new Visit(Client.call());
  }

  static Visit start(String... pieces) throws IOException {
    return start(Stream.of(pieces).map(piece -> piece.getBytes(UTF_8)).toList());
  }

  static Visit start(List<byte[]> pieces) throws IOException {
    return new Visit(Client.call(pieces));
  }

  /** Closes the socket after it, as whoever calls {@code talk} does. */
  private void talk() {
    try (var socket = client.atTheDesk()) {
      try {
        Dialogue.talk(socket);
      } catch (Throwable failed) {
        thrown = failed; // before the client can hear the end
      }
    } catch (IOException lost) {
      // The client knows.
    }
  }

  /** One line with its LF, or what came of it. */
  String hear() throws IOException {
    return hear(1);
  }

  /** If talk has thrown something, that says more than what the client has heard. */
  String hear(int lines) throws IOException {
    var heard = client.hear(lines);
    if (heard.endsWith("]")) rethrow();
    return heard;
  }

  void rethrow() throws IOException {
    switch (thrown) {
      case null -> {}
      case IOException failed -> throw failed;
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /** Waits until talk has returned or thrown, and tells whether it has. */
  boolean ends() throws InterruptedException {
    boolean ended = desk.join(Client.patience());
    if (!ended) Client.losePatience();
    return ended;
  }

  Throwable thrown() {
    return thrown;
  }

  /** Lets go whatever waits. */
  @Override
  public void close() throws IOException {
    client.close();
  }
}
