package grader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what a child prints as fast as it prints it, and keeps the beginning of each check's part.
 * A child that prints 100 MB neither waits for us nor fills our memory.
 */
final class Output implements Runnable {
  private static final int KEPT_BYTES = 16 * 1024; // of each part

  private final InputStream in;
  private final byte[] mark;
  private final List<Part> parts = new ArrayList<>(List.of(new Part()));

  /**
   * @param mark random, so that no answer prints it by chance
   */
  Output(InputStream in, String mark) {
    this.in = in;
    this.mark = line(mark).getBytes(StandardCharsets.US_ASCII);
  }

  /** What the child prints before each check. */
  static String line(String mark) {
    return "\0" + mark + "\n";
  }

  @Override
  public void run() {
    try (in) {
      var bytes = new byte[64 * 1024];
      int matched = 0;
      for (int length; (length = in.read(bytes)) >= 0; ) {
        synchronized (this) {
          for (int i = 0; i < length; i++) matched = take(bytes[i], matched);
        }
      }
    } catch (IOException ended) {
      // The child is gone, and its output with it: what came is kept.
    }
  }

  /**
   * One more byte; the mark's first is found nowhere else in it, so a mismatch restarts plainly.
   */
  private int take(byte next, int matched) {
    if (next != mark[matched]) {
      for (int i = 0; i < matched; i++) parts.getLast().add(mark[i]);
      if (next == mark[0]) return 1;
      parts.getLast().add(next);
      return 0;
    }
    if (matched + 1 < mark.length) return matched + 1;
    parts.add(new Part());
    return 0;
  }

  /** What was printed while the check with this place in the run, from 1, ran. */
  synchronized Printed part(int check) {
    return check < parts.size() ? parts.get(check).printed() : Printed.NOTHING;
  }

  private static final class Part {
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private long bytes;

    void add(byte next) {
      if (bytes++ < KEPT_BYTES) start.write(next);
    }

    Printed printed() {
      return new Printed(start.toString(StandardCharsets.UTF_8), bytes);
    }
  }
}
