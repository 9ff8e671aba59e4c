package ch01;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Exercise 1.2: read the head. */
public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private static final int CR_LF_CR_LF = 0x0D0A_0D0A;

  private RequestHead() {}

  /** One byte at a time: a bulk read may take bytes of the body, and nothing puts them back. */
  public static Optional<byte[]> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    // The last four bytes, the newest in the lowest place. No split of the input can hide the end
    // from it, and no false start confuses it.
    int last4 = 0;
    while (last4 != CR_LF_CR_LF) {
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) return Optional.empty();
        throw new EOFException("the client broke off within a head");
      }
      head.write(next);
      last4 = last4 << 8 | next;
    }
    return Optional.of(head.toByteArray());
  }

  /** A client sent more head than we are ready to keep. */
  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
