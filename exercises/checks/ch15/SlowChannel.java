package ch15;

import grader.Given;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A branch's end: takes as many bytes at a time as it is told, and remembers them. */
final class SlowChannel implements WritableByteChannel {
  private static final int ENOUGH = 100; // a write that gets 0 need not be tried again

  private final Given given;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private int room;
  private int atATime = Integer.MAX_VALUE;
  private int refused;
  private boolean broken;

  SlowChannel(Given given) {
    this.given = given;
  }

  /** From now on there is room for so many bytes more. */
  SlowChannel room(int bytes) {
    room = bytes;
    refused = 0;
    return this;
  }

  /** One write takes no more than these. */
  SlowChannel atATime(int bytes) {
    atATime = bytes;
    return this;
  }

  void breaks() {
    broken = true;
  }

  String taken() {
    return taken.toString();
  }

  /** How many writes since the last change of room were offered bytes and got 0. */
  int refused() {
    return refused;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (broken) throw new IOException("Broken pipe");
    int count = Math.min(Math.min(room, atATime), from.remaining());
    if (count == 0 && from.hasRemaining() && ++refused == ENOUGH) {
      throw given.wrong(
          "a return once a write takes 0 bytes",
          ENOUGH + " writes that took 0 bytes, one after the other",
          "This looks like a loop that writes until all is gone. The channel will take more when"
              + " the branch has read, and that may be tomorrow. Until then the loop serves nobody."
              + " Return: OP_WRITE tells when it is worth another try.");
    }
    for (int i = 0; i < count; i++) taken.write(from.get());
    room -= count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
