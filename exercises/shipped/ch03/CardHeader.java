package ch03;

import java.nio.ByteBuffer;

/**
 * Exercise 3.2: network byte order.
 *
 * <p>The branch across the river tells the town library's catalog what has changed on its shelves:
 * one catalog card after the other. A card is a header of 16 bytes and then its title. The numbers
 * of the header are in network byte order: the highest byte goes first (RFC 791, appendix B).
 *
 * <pre>
 *   offset  bytes  field      holds
 *        0      1  kind       0 to 255            what happened to the card
 *        1      1  copies     0 to 255            how many the branch has
 *        2      2  length     0 to 65,535         bytes of the title, which follows the header
 *        4      4  number     0 to 4,294,967,295  the number of the card
 *        8      8  published  any long            seconds since 1970-01-01 00:00 UTC; negative
 *                                                 before then: Moby-Dick is -3,727,900,800
 * </pre>
 *
 * <p>All fields but the last are unsigned. Java has no such types, so each stands in the next
 * larger one.
 */
public record CardHeader(int kind, int copies, int length, long number, long published) {
  /** What a header takes on the wire. */
  public static final int BYTES = 16;

  /**
   * Makes the bytes that go over the wire.
   *
   * @return {@link #BYTES} bytes
   * @throws IllegalArgumentException if a value does not fit into its field
   */
  public byte[] encode() {
    // TODO: refuse what does not fit, then lay out the fields.
    throw new UnsupportedOperationException("TODO: exercise 3.2");
  }

  /**
   * Takes a header out of a buffer.
   *
   * @param in any kind of buffer, with or without an array behind it. What has arrived stands
   *     between its position and its limit, and begins with a header. Afterwards the position is at
   *     the title; the rest of the buffer, its byte order too, is as it was. On that order nothing
   *     depends: the header has its own
   * @throws java.nio.BufferUnderflowException if fewer than {@link #BYTES} bytes have arrived. The
   *     position then stays where it was: the caller tries again when there is more
   */
  public static CardHeader decode(ByteBuffer in) {
    // TODO: look whether all is there, then take the fields.
    throw new UnsupportedOperationException("TODO: exercise 3.2");
  }
}
