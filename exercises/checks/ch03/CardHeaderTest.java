package ch03;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

@Exercise(
    id = "3.2",
    title = "Network byte order",
    file = "ch03/CardHeader.java",
    level = 2,
    minutes = 30)
class CardHeaderTest {
  /** Seconds from 14 November 1851 to 1970, as a negative number. */
  private static final long MOBY_DICK = -3_727_900_800L;

  private static final byte[] TITLE = "Moby-Dick".getBytes(US_ASCII);
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  @Check(
      step = 1,
      value = "writes each field at its place, the highest byte first",
      points = 2,
      read = "chapter 3, \"Byte order\"")
  void encodes() {
    var header = new CardHeader(0x01, 0x02, 0x0304, 0x05060708, 0x090A0B0C0D0E0F10L);
    var wanted = shown(bytes(header));
    var got = header.encode();
    given("kind 0x01, copies 0x02, length 0x0304, number 0x05060708, published 0x090A0B0C0D0E0F10")
        .wants(wanted, shown(got), got == null ? "The bytes are what goes out." : misplaced(got));
  }

  private static String misplaced(byte[] got) {
    if (new String(got, US_ASCII).matches("[\\p{Print}\\s]+")) {
      return "This looks like text: the bytes 30 to 39 are the digits 0 to 9. On this wire a number"
          + " is its bits and has a fixed width, so nobody has to look for its end.";
    }
    if (got.length != CardHeader.BYTES) {
      return ("These are %d bytes. A field is as wide as the layout says, whatever Java type holds"
              + " its value: a length in four bytes moves all that follows it.")
          .formatted(got.length);
    }
    return Arrays.equals(got, HEX.parseHex("01 02 04 03 08 07 06 05 10 0f 0e 0d 0c 0b 0a 09"))
        ? "This is little endian: the lowest byte goes first, as in the memory of most machines of"
            + " today. On the wire the highest goes first, whatever machine sends it."
        : "Each field begins at its offset, and its highest byte goes first.";
  }

  @Check(
      step = 2,
      value = "writes every value that a field holds",
      points = 1,
      read = "chapter 3, \"Byte order\"")
  void extremes() {
    for (var header :
        List.of(
            new CardHeader(0, 0, 0, 0, 0),
            new CardHeader(0x80, 200, 0x8000, 0x8000_0000L, Long.MAX_VALUE),
            new CardHeader(0xFF, 0xFF, 0xFFFF, 0xFFFF_FFFFL, MOBY_DICK),
            new CardHeader(1, 2, 9, 0x80, Long.MIN_VALUE))) {
      var given = given(header.toString());
      try {
        given.wants(
            shown(bytes(header)),
            shown(header.encode()),
            "Each field has bytes of its own. A number that is made larger before it is shifted or"
                + " joined, from an int to a long, say, takes its sign along as ones and smears"
                + " them over its neighbors.");
      } catch (IllegalArgumentException | ArithmeticException refused) {
        throw given.wrong(
            shown(bytes(header)),
            refused.toString(),
            "All of these values fit. An unsigned byte holds 0 to 255: Byte.MAX_VALUE, which is"
                + " 127, is the limit of the signed one. And published is signed: it may be"
                + " negative.");
      }
    }
  }

  @Check(
      step = 3,
      value = "refuses a value that does not fit",
      points = 1,
      read = "chapter 3, \"Byte order\"")
  void refuses() {
    wantsRefusal(new CardHeader(256, 1, 9, 4711, 0));
    wantsRefusal(new CardHeader(-1, 1, 9, 4711, 0));
    wantsRefusal(new CardHeader(1, 300, 9, 4711, 0));
    wantsRefusal(new CardHeader(1, -1, 9, 4711, 0));
    wantsRefusal(new CardHeader(1, 1, 70_000, 4711, 0));
    wantsRefusal(new CardHeader(1, 1, -1, 4711, 0));
    wantsRefusal(new CardHeader(1, 1, 9, 0x1_0000_0000L, 0));
    wantsRefusal(new CardHeader(1, 1, 9, -1, 0));
  }

  private static void wantsRefusal(CardHeader header) {
    byte[] got;
    try {
      got = header.encode();
    } catch (IllegalArgumentException right) {
      return;
    }
    throw given(header.toString())
        .wrong(
            "an IllegalArgumentException",
            shown(got),
            "A cast never fails: it drops the bits that do not fit. 70,000 sent in two bytes"
                + " arrives as 4,464, and the reader takes the rest of the title for the next"
                + " card.");
  }

  @Check(
      step = 4,
      value = "reads the header and stops at the title",
      points = 2,
      read = "chapter 3, \"Byte order\"")
  void decodes() {
    var first = new CardHeader(1, 2, TITLE.length, 0x05060708, 0x090A0B0C0D0E0F10L);
    var second = new CardHeader(3, 4, TITLE.length, 0x01020304, 0x0102030405060708L);
    var in = ByteBuffer.allocate(100);
    in.put(bytes(first)).put(TITLE).put(bytes(second)).put(TITLE).flip();

    var given = given("two cards in one buffer");
    given.wants(first, CardHeader.decode(in), "Each field stands at its offset, big endian.");
    wantsTitle(given, in, CardHeader.BYTES);
    in.position(in.position() + TITLE.length);
    var start = in.position();
    given("the second of two cards, at position " + start)
        .wants(
            second,
            CardHeader.decode(in),
            "A header begins at the buffer's position. This looks like code that counts from the"
                + " beginning of the buffer, where an earlier card stands.");
    wantsTitle(given, in, start + CardHeader.BYTES);
  }

  private static void wantsTitle(Given given, ByteBuffer in, int at) {
    given.wants(
        "position " + at + ", at the title",
        "position " + in.position() + (in.position() == at ? ", at the title" : ""),
        "The position says what is taken. Whoever reads on takes the title from there. A get with"
            + " an index, or one on a duplicate or a slice, leaves the position where it is.");
  }

  @Check(
      step = 5,
      value = "takes the highest bit for a value, not for a sign",
      points = 2,
      read = "chapter 3, \"What people get wrong\"")
  void highBits() {
    for (int high : new int[] {0x80, 200, 0xFF}) {
      wantsDecoded("kind " + high, new CardHeader(high, 1, 2, 3, 4));
      wantsDecoded("copies " + high, new CardHeader(1, high, 2, 3, 4));
    }
    for (int high : new int[] {0x00FF, 0x0180, 0x8000, 0xFF01, 0xFFFF}) {
      wantsDecoded("length 0x%04X".formatted(high), new CardHeader(1, 2, high, 3, 4));
    }
    for (long high :
        new long[] {0xFF, 0xFF00, 0x0080_0000, 0x8000_0000L, 0xFF01_0203L, 0xFFFF_FFFFL}) {
      wantsDecoded("number 0x%08X".formatted(high), new CardHeader(1, 2, 3, high, 4));
    }
    for (long high :
        new long[] {0xFF, 0xFF00, 0x0180_0000L, 0x1_8000_0000L, 0x80_0000_0000L, 1L << 62}) {
      wantsDecoded("published 0x%016X".formatted(high), new CardHeader(1, 2, 3, 4, high));
    }
    for (long signed : new long[] {-1, MOBY_DICK, Long.MIN_VALUE}) {
      wantsDecoded("published %,d".formatted(signed), new CardHeader(1, 2, 3, 4, signed));
    }
  }

  private static void wantsDecoded(String what, CardHeader header) {
    var got = CardHeader.decode(ByteBuffer.wrap(bytes(header)));
    var means =
        header.published() < 0
            ? "published is the one field with a sign: its highest bit is one."
            : "A Java byte is signed: 0x80 to 0xFF are -128 to -1 in it, and a short or an int has"
                + " a sign too. Where such a value becomes a larger type, its sign is copied into"
                + " all the new bits, also over what was there already. A mask such as 0xFF takes"
                + " them off again, or toUnsignedInt does.";
    given(what + ": " + shown(bytes(header))).wants(header, got, means);
  }

  @Check(
      step = 6,
      value = "reads from any buffer and leaves its order alone",
      points = 1,
      read = "chapter 3, \"Byte order\"")
  void anyBuffer() {
    var header = new CardHeader(1, 2, TITLE.length, 0x05060708, 0x090A0B0C0D0E0F10L);
    var card = ByteBuffer.allocate(CardHeader.BYTES + TITLE.length).put(bytes(header)).put(TITLE);

    var larger = new byte[64];
    System.arraycopy(card.array(), 0, larger, 20, card.capacity());
    wantsSame(
        "a slice: its array has 20 bytes ahead of it",
        ByteBuffer.wrap(larger, 20, card.capacity()).slice(),
        header,
        "The array behind a buffer may begin before the buffer does, by arrayOffset() bytes. A get"
            + " on the buffer itself needs no such sum.");

    wantsSame(
        "a buffer set to little endian",
        ByteBuffer.wrap(card.array()).order(ByteOrder.LITTLE_ENDIAN),
        header,
        "getShort, getInt and getLong obey the buffer's order, which is the caller's business. The"
            + " order of the wire is fixed. A slice and a duplicate are big endian when they are"
            + " made, whatever the order of the buffer that they come from.");

    for (var in :
        List.of(
            ByteBuffer.allocateDirect(card.capacity()).put(card.array()).flip(),
            ByteBuffer.wrap(card.array()).asReadOnlyBuffer())) {
      var what = in.isDirect() ? "a direct buffer" : "a read-only buffer";
      var means =
          "This buffer gives no array away: a direct one lies outside of the heap, a read-only one"
              + " hides its own. Take the bytes with get.";
      try {
        wantsSame(what, in, header, means);
      } catch (UnsupportedOperationException noArray) { // a ReadOnlyBufferException is one too
        throw given(what).wrong(header.toString(), noArray.toString(), means);
      }
    }
  }

  private static void wantsSame(String what, ByteBuffer in, CardHeader header, String means) {
    var order = in.order();
    int limit = in.limit();
    var given = given(what);
    given.wants(header, CardHeader.decode(in), means);
    given.wants(
        "the order is still " + order,
        "the order is " + (in.order() == order ? "still " : "now ") + in.order(),
        "The buffer belongs to the caller, who reads other things from it, in an order of their"
            + " own. Set the order of a view: slice() and duplicate() share the bytes and nothing"
            + " else.");
    given.wants("limit " + limit, "limit " + in.limit(), "The caller set it where the bytes end.");
    wantsTitle(given, in, CardHeader.BYTES);
  }

  @Check(
      step = 7,
      value = "takes nothing before all of the header is there",
      points = 1,
      read = "chapter 3, \"Byte order\"")
  void tooShort() {
    // What was read before stands in the buffer still, behind its limit.
    var stale = ByteBuffer.allocate(64);
    while (stale.hasRemaining()) stale.put((byte) 0x2A);
    var header = bytes(new CardHeader(1, 2, 9, 4711, MOBY_DICK));
    for (int count = 0; count < CardHeader.BYTES; count++) {
      var in = stale.duplicate().clear().position(4).put(header, 0, count).flip().position(4);
      var given = given("a buffer with %d of the 16 bytes of a header".formatted(count));
      try {
        throw given.wrong(
            "a BufferUnderflowException",
            String.valueOf(CardHeader.decode(in)),
            "What stands behind the limit, or in an array that nothing was read into, is no part of"
                + " the header. The network cuts where it likes: the rest is still on its way.");
      } catch (BufferUnderflowException right) {
        given.wants(
            "the position still 4",
            "the position " + (in.position() == 4 ? "still " : "now ") + in.position(),
            "The caller reads more from the network and calls again. By then the fields that were"
                + " taken are gone, and what is left is read as a header from its middle. Look"
                + " whether all is there before you take the first byte.");
      } catch (IndexOutOfBoundsException | IllegalArgumentException other) {
        throw given.wrong(
            "a BufferUnderflowException",
            other.toString(),
            "The caller waits for more bytes when it meets a BufferUnderflowException, and takes"
                + " any other for a defect.");
      }
    }
  }

  /** What stands on the wire, made without any of the answer's code. */
  private static byte[] bytes(CardHeader header) {
    return HexFormat.of()
        .parseHex(
            "%02x%02x%04x%08x%016x"
                .formatted(
                    header.kind(),
                    header.copies(),
                    header.length(),
                    header.number(),
                    header.published()));
  }

  private static String shown(byte[] bytes) {
    return bytes == null ? "null" : HEX.formatHex(bytes);
  }
}
