package ch16;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A connection whose first byte takes as long as the check wants, or on which it is lost. */
final class SlowVisitor extends OutputStream {
  interface Meanwhile {
    void run() throws IOException;
  }

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final Meanwhile meanwhile;
  private boolean began;

  SlowVisitor(Meanwhile meanwhile) {
    this.meanwhile = meanwhile;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (count > 0 && !began) {
      began = true;
      meanwhile.run();
    }
    heard.write(bytes, from, count);
  }

  String heard() {
    return heard.toString(StandardCharsets.UTF_8);
  }
}
