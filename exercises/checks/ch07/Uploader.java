package ch07;

import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The client at the far end of a wire. Like a browser it sends first, and reads after that. */
final class Uploader {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int PIECE_BYTES = 64 * 1024;

  private static final byte[] PIECE = "film ".repeat(PIECE_BYTES / 5).getBytes(US_ASCII);

  private final Wire wire;
  private final WatchedSocket server;
  private FutureTask<String> story;

  Uploader(Wire wire, WatchedSocket server) {
    this.wire = wire;
    this.server = server;
  }

  /** The part of the body that is there when the server begins to refuse. */
  void begins() throws IOException {
    wire.send("the first frames of the film ".getBytes(US_ASCII));
  }

  /** Reads so many bytes and hangs up; says how many came. */
  Uploader thenReads(int bytes) {
    return tells(() -> read(bytes));
  }

  /** The same to the end of the stream. */
  Uploader thenReadsToTheEnd() {
    return tells(() -> read(Integer.MAX_VALUE));
  }

  /**
   * Waits until the server waits for it or has closed, sends the rest of its body, and only then
   * reads.
   */
  Uploader thenSendsAndReads(int rest, int bytes) {
    return tells(() -> {
      server.waitsOrIsClosed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      int sent = 0;
      try {
        for (; sent < rest; sent += PIECE.length) wire.send(PIECE);
      } catch (IOException lost) {
        return "its write fails after %,d of %,d bytes (%s): it never comes to read"
            .formatted(sent, rest, lost.getMessage());
      }
      return read(bytes);
    });
  }

  private Uploader tells(Callable<String> what) {
    story = new FutureTask<>(what);
    Thread.startVirtualThread(story);
    return this;
  }

  /** What has become of it. */
  String story() throws InterruptedException, ExecutionException {
    try {
      return story.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException waits) {
      return "it still waits";
    }
  }

  private String read(int most) throws IOException {
    var heard = new ByteArrayOutputStream();
    var chunk = new byte[PIECE_BYTES];
    var end = "";
    try {
      while (heard.size() < most && end.isEmpty()) {
        int count =
            wire.far().getInputStream().read(chunk, 0, Math.min(chunk.length, most - heard.size()));
        if (count < 0) end = ", then the end";
        else heard.write(chunk, 0, count);
      }
    } catch (IOException lost) {
      end = ", then " + lost.getMessage();
    }
    wire.far().close();
    return "it reads %,d bytes of the reply%s".formatted(heard.size(), end);
  }
}
