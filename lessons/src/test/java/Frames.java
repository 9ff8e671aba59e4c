import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What lesson 05 says in its frames: each stream put together again, and every exit code. */
record Frames(String out, String err, List<Integer> exitCodes) {
  static final int STDOUT = 1;
  static final int STDERR = 2;
  static final int EXIT = 3;

  /** Frames, and nothing before, between or behind them. */
  static Frames of(byte... answer) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var exitCodes = new ArrayList<Integer>();
    var rest = ByteBuffer.wrap(answer);
    try {
      while (rest.hasRemaining()) {
        int type = rest.get();
        var payload = new byte[rest.getInt()];
        rest.get(payload);
        switch (type) {
          case STDOUT -> out.writeBytes(payload);
          case STDERR -> err.writeBytes(payload);
          case EXIT -> exitCodes.add(ByteBuffer.wrap(payload).getInt());
          default -> throw new AssertionError("a frame of type " + type);
        }
      }
    } catch (BufferUnderflowException cut) {
      throw new AssertionError("ends within a frame", cut);
    }
    return new Frames(out.toString(UTF_8), err.toString(UTF_8), exitCodes);
  }

  static byte[] frame(int type, byte... payload) {
    var frame = ByteBuffer.allocate(5 + payload.length);
    return frame.put((byte) type).putInt(payload.length).put(payload).array();
  }

  static byte[] exit(int code) {
    return frame(EXIT, ByteBuffer.allocate(4).putInt(code).array());
  }
}
