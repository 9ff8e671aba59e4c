package ch05;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import ch05.Frames.FrameTooLong;
import com.sun.management.ThreadMXBean;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import grader.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

@Exercise(id = "5.1", title = "Frame reader", file = "ch05/Frames.java", level = 2, minutes = 30)
class FramesTest {
  private static final byte[] CARD = "4711".getBytes(US_ASCII);
  private static final int MB = 1024 * 1024;

  @Check(
      step = 1,
      value = "reads the length in network byte order",
      points = 1,
      read = "chapter 5, \"Length first\"")
  void byteOrder() throws IOException {
    for (int length : new int[] {1, 127, 128, 200, 255, 256, 258, 32_768, 40_000}) {
      var payload = new byte[length];
      Arrays.fill(payload, (byte) 'x');
      var sent = frame(payload);
      var given =
          given(
              "a length of %s, which is %,d, and so many bytes"
                  .formatted(hex(Arrays.copyOf(sent, 4)), length));
      try (var wire = Wire.open()) {
        var in = wire.paced(List.of(sent), Wire::sendEnd);
        var signed = (byte) length < 0 || length > 32_767;
        var means =
            signed
                ? "This looks like code that adds up bytes as they are. A byte of Java goes from"
                    + " -128 to 127: 80 is -128 and c8 is -56 until they are masked with 0xff."
                : "This looks like code that takes the last byte for the highest. In network byte"
                    + " order (big endian) the first byte counts most: 00 00 01 02 is 1 * 256 + 2.";
        try {
          var got = read(wire, in);
          given.wants(
              "%,d bytes".formatted(length),
              got.map(bytes -> "%,d bytes".formatted(bytes.length)).orElse("an empty Optional"),
              means);
        } catch (IOException | NegativeArraySizeException | IllegalArgumentException thrown) {
          throw given.wrong("%,d bytes".formatted(length), thrown.toString(), means);
        }
      }
    }
  }

  @Check(
      step = 2,
      value = "returns a payload after its last byte",
      points = 1,
      read = "chapter 5, \"Length first\"")
  void returns() throws IOException {
    wantsNoMore(
        given("the frame %s and then silence".formatted(Bytes.visible(frame(CARD)))),
        CARD,
        "This looks like code that reads to the end of the stream. The scanner keeps its"
            + " connection open for the next scan: the length says where this one ends.");
    wantsNoMore(
        given("the frame 00 00 00 00, whose payload has no bytes, and then silence"),
        new byte[0],
        "A length of 0 is a length. The frame is whole with its fourth byte.");
  }

  /** For a reader that asks for more than the frame that it was sent. */
  private static void wantsNoMore(Given given, byte[] payload, String means) throws IOException {
    try (var wire = Wire.open()) {
      Wire.Then askedForMore =
          _ -> {
            throw given.wrong(
                "the payload, after its last byte",
                "another read(), which waits for a byte that never comes",
                means);
          };
      var got = read(wire, wire.paced(List.of(frame(payload)), askedForMore));
      given.wants(
          shown(Optional.of(payload)),
          shown(got),
          "A frame came, so there is a payload, if only of no bytes. Empty says that the stream has"
              + " ended.");
    }
  }

  @Check(
      step = 3,
      value = "puts a frame together, however it arrives",
      points = 2,
      read = "chapter 5, \"A stream has no messages\"")
  void split() throws IOException {
    var payload = "card 4711".getBytes(US_ASCII);
    var sent = frame(payload);
    for (int at = 1; at < sent.length; at++) {
      var pieces = List.of(Arrays.copyOf(sent, at), Arrays.copyOfRange(sent, at, sent.length));
      wantsWhole(
          "%s and then %s".formatted(hex(pieces.get(0)), hex(pieces.get(1))), payload, pieces);
    }
    for (int size = 1; size <= 9; size++) {
      wantsWhole("%s in packets of %d".formatted(hex(sent), size), payload, cut(sent, size));
    }
  }

  private static void wantsWhole(String what, byte[] payload, List<byte[]> pieces)
      throws IOException {
    var given = given(what);
    try (var wire = Wire.open()) {
      var in = wire.paced(pieces, Wire::sendEnd);
      var means =
          pieces.getFirst().length < 4
              ? "This looks like code that takes one read() for four bytes. A read() brings what is"
                  + " there, and the cut may fall within the length: how many bytes came?"
              : "This looks like code that takes one read() for one payload. A read() brings what"
                  + " is there: read on until as many bytes have come as the length says.";
      try {
        given.wants(shown(Optional.of(payload)), shown(read(wire, in)), means);
      } catch (IOException | NegativeArraySizeException | IllegalArgumentException thrown) {
        throw given.wrong(shown(Optional.of(payload)), thrown.toString(), means);
      }
    }
  }

  @Check(
      step = 4,
      value = "leaves the next frame in the stream",
      points = 2,
      read = "chapter 5, \"Length first\"")
  void pipelined() throws IOException {
    var scans = List.of("card 4711", "", "book 978-0-14-243724-7");
    var sent = ByteBuffer.allocate(1024);
    for (var scan : scans) sent.put(frame(scan.getBytes(US_ASCII)));
    var together = Arrays.copyOf(sent.array(), sent.position());
    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(together), Wire::sendEnd);
      for (int i = 0; i < scans.size(); i++) {
        var given = given("three frames in one packet, and call %d of read".formatted(i + 1));
        var wanted = shown(Optional.of(scans.get(i).getBytes(US_ASCII)));
        var means =
            "This looks like code that takes more off the stream than its frame: through a buffered"
                + " stream of its own, or in bulk. What a call takes and does not return is lost to"
                + " the next one. Nothing puts bytes back into a stream.";
        try {
          given.wants(wanted, shown(read(wire, in)), means);
        } catch (IOException thrown) {
          throw given.wrong(wanted, thrown.toString(), means);
        }
      }
    }
  }

  @Check(
      step = 5,
      value = "tells the end of the stream from the end of a frame",
      points = 2,
      read = "chapter 5, \"Length first\"")
  void endOfStream() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(frame(CARD)), Wire::sendEnd);
      read(wire, in);
      var given = given("a frame, the end of the stream, and a second call of read");
      try {
        given.wants(
            "an empty Optional",
            shown(read(wire, in)),
            "Between two frames the end is an end: everything has been said.");
      } catch (EOFException broken) {
        throw given.wrong(
            "an empty Optional",
            broken.toString(),
            "Between two frames the scanner may be switched off; nothing is missing. Only within a"
                + " frame is the end of the stream an error.");
      }
    }

    var sent = frame(CARD);
    for (int at = 1; at < sent.length; at++) {
      try (var wire = Wire.open()) {
        var in = wire.paced(List.of(Arrays.copyOf(sent, at)), Wire::sendEnd);
        var given = given("%s and then the end".formatted(hex(Arrays.copyOf(sent, at))));
        try {
          var got = read(wire, in);
          throw given.wrong(
              "an EOFException",
              shown(got),
              got == null || got.isEmpty()
                  ? "This looks like code that takes every end for a clean one. A frame had begun:"
                      + " what was in it is lost, and nobody would ever know."
                  : "A payload has exactly as many bytes as its length says. readNBytes() and"
                      + " read() bring fewer when the stream ends, and say so by what they"
                      + " return.");
        } catch (FrameTooLong filled) {
          throw given.wrong(
              "an EOFException",
              filled.toString(),
              "This looks like code that takes the -1 of read() for a byte of the length. It says"
                  + " that no byte will ever come again.");
        } catch (EOFException right) {
          continue;
        }
      }
    }

    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(Arrays.copyOf(sent, 6)), Wire::reset);
      given("%s and then a reset".formatted(hex(Arrays.copyOf(sent, 6))))
          .throwing(
              IOException.class,
              () -> read(wire, in),
              "A reset is no end: the connection is lost, and so is what was under way.");
    }
  }

  @Check(
      step = 6,
      value = "believes no length over 65536",
      points = 2,
      read = "chapter 5, \"What people get wrong\"")
  void limit() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(cut(frame(new byte[Frames.MAX_PAYLOAD_BYTES]), 10_000), Wire::sendEnd);
      var given = given("a payload of 65536 bytes");
      try {
        int got = read(wire, in).map(payload -> payload.length).orElse(0);
        given.wants("65536 bytes", got + " bytes", "The payload is what was sent.");
      } catch (FrameTooLong early) {
        throw given.wrong(
            "65536 bytes",
            early.toString(),
            "The limit is the largest size allowed. This looks like a comparison that is off by"
                + " one.");
      }
    }
    wantsRefusal(Frames.MAX_PAYLOAD_BYTES + 1, "which is 65537");
    wantsRefusal(64 * MB, "which is 67,108,864");
    wantsRefusal(0x4745_5420, "which is \"GET \", the first word of a browser, and 1,195,725,856");
    wantsRefusal(0xFFFF_FFFF, "which is 4,294,967,295");
    wantsRefusal(0x8000_0000, "which is 2,147,483,648");
  }

  private static void wantsRefusal(int length, String what) throws IOException {
    var prefix = ByteBuffer.allocate(4).putInt(length).array();
    var given = given("a length of %s, %s".formatted(hex(prefix), what));
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (var wire = Wire.open()) {
      Wire.Then believed =
          _ -> {
            throw given.wrong(
                "FrameTooLong",
                "another read(), for the payload",
                "This looks like code that believes every length. Anybody can write four bytes:"
                    + " compare them with the maximum before anything else.");
          };
      var in = wire.paced(List.of(prefix), believed);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        throw given.wrong("FrameTooLong", shown(read(wire, in)), "No such payload was sent.");
      } catch (FrameTooLong right) {
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        if (taken > MB) throw tookMemory(given, "%,d bytes of memory taken".formatted(taken));
      } catch (OutOfMemoryError tooMuch) {
        throw tookMemory(given, tooMuch.toString());
      } catch (IOException | NegativeArraySizeException | IllegalArgumentException thrown) {
        throw given.wrong(
            "FrameTooLong",
            thrown.toString(),
            length < 0
                ? "This looks like code that compares a length whose first bit it takes for a sign:"
                    + " it is negative then, and so less than any maximum."
                : "The length is over the maximum, whatever comes behind it.");
      }
    }
  }

  private static AssertionError tookMemory(Given given, String got) {
    return given.wrong(
        "FrameTooLong, and no memory taken",
        got,
        "The length is compared too late: the array is there already. With four bytes each, a few"
            + " senders fill the memory, and the server is gone for all.");
  }

  /** The call, and in the timeline of the wire where it ended. */
  private static Optional<byte[]> read(Wire wire, InputStream in) throws IOException {
    try {
      var payload = Frames.read(in);
      wire.mark("Here your code returned.");
      return payload;
    } catch (IOException | RuntimeException thrown) {
      wire.mark("Here your code threw %s.".formatted(thrown.getClass().getSimpleName()));
      throw thrown;
    }
  }

  private static byte[] frame(byte... payload) {
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
  }

  private static List<byte[]> cut(byte[] bytes, int size) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < bytes.length; at += size) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return pieces;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static String shown(Optional<byte[]> payload) {
    if (payload == null) return "null";
    return payload
        .map(bytes -> bytes.length == 0 ? "a payload of no bytes" : Bytes.visible(bytes))
        .orElse("an empty Optional");
  }
}
