package ch01;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import ch01.RequestHead.HeadTooLong;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import grader.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

@Exercise(
    id = "1.2",
    title = "Read the head",
    file = "ch01/RequestHead.java",
    level = 2,
    minutes = 30)
class RequestHeadTest {
  private static final String HEAD = "GET /catalog HTTP/1.1\r\nHost: catalog\r\n\r\n";

  @Check(
      step = 1,
      value = "returns as soon as the blank line is there",
      points = 1,
      read = "chapter 1, \"Where a request ends\"")
  void returns() throws IOException {
    var given = given("the head %s and then silence".formatted(Bytes.visible(HEAD)));
    try (var wire = Wire.open()) {
      Wire.Then askedForMore =
          _ -> {
            throw given.wrong(
                "the head, after its last byte",
                "another read(), which waits for a byte that never comes",
                "This looks like code that reads to the end of the stream. A browser keeps the"
                    + " connection open and waits for the answer: the head is over at its blank"
                    + " line.");
          };
      var in = wire.paced(List.of(HEAD.getBytes(US_ASCII)), askedForMore);
      given.wants(
          Bytes.visible(HEAD),
          shown(read(wire, in)),
          "The head is what was sent, byte for byte, as far as its blank line and with it.");
    }
  }

  @Check(
      step = 2,
      value = "puts the head together, however it arrives",
      points = 2,
      read = "chapter 1, \"Where a request ends\"")
  void split() throws IOException {
    for (int at = 1; at < HEAD.length(); at++) {
      var pieces = List.of(HEAD.substring(0, at), HEAD.substring(at));
      wantsWhole(String.join("\" and then \"", pieces), pieces);
    }
    for (int size = 1; size <= 9; size++) {
      wantsWhole("%s in packets of %d".formatted(HEAD, size), cut(HEAD, size));
    }
  }

  private static void wantsWhole(String what, List<String> pieces) throws IOException {
    var given = given("\"" + Bytes.visible(what) + "\"");
    try (var wire = Wire.open()) {
      var got = shown(read(wire, wire.paced(bytes(pieces), missed(given))));
      var first = Bytes.visible(pieces.getFirst());
      var means =
          got.equals(first)
              ? "This looks like code that takes one read() for one request, or takes a stream with"
                  + " nothing to read now for one that has ended. TCP carries bytes: where they are"
                  + " cut means nothing."
              : got.contains("␀")
                  ? "The bytes ␀ were never sent: they are the rest of a buffer that a short read()"
                      + " did not fill. read() says how many bytes it brought."
                  : "The head is what was sent, byte for byte, wherever the network cuts it.";
      given.wants(Bytes.visible(HEAD), got, means);
    }
  }

  /** For a reader that goes on behind the blank line. */
  private static Wire.Then missed(Given given) {
    return _ -> {
      throw given.wrong(
          "the head, after its last byte",
          "another read(), which waits for a byte that never comes",
          "This looks like code that searches each piece for the blank line. Its four bytes may"
              + " come in two pieces, or in four: search what has come so far.");
    };
  }

  @Check(
      step = 3,
      value = "leaves what follows the head in the stream",
      points = 2,
      read = "chapter 1, \"Where a request ends\"")
  void body() throws IOException {
    var head = "POST /loans HTTP/1.1\r\nHost: catalog\r\nContent-Length: 13\r\n\r\n";
    var body = "card=4711&n=1";
    var given = given("\"%s%s\" in one packet".formatted(Bytes.visible(head), body));
    try (var wire = Wire.open()) {
      var in = wire.paced(bytes(List.of(head + body)), Wire::sendEnd);
      given.wants(
          Bytes.visible(head), shown(read(wire, in)), "What follows the blank line is no head.");
      var left = new String(in.readAllBytes(), US_ASCII);
      given.wants(
          "\"%s\" left in the stream".formatted(body),
          "\"%s\" left in the stream".formatted(Bytes.visible(left)),
          "This looks like code that reads in bulk, maybe through a BufferedReader. What it took"
              + " and does not return is lost to whoever reads the body. Nothing puts bytes back"
              + " into a stream.");
    }

    var first = "GET /catalog HTTP/1.1\r\n\r\n";
    var second = "GET /opening-hours HTTP/1.1\r\n\r\n";
    try (var wire = Wire.open()) {
      var in = wire.paced(bytes(List.of(first + second)), Wire::sendEnd);
      read(wire, in);
      given("two requests in one packet, and a second call of read")
          .wants(
              Bytes.visible(second),
              shown(read(wire, in)),
              "The next request begins where this one ends. A client need not wait for an answer"
                  + " before it asks again (RFC 9112, section 9.3.2).");
    }
  }

  @Check(
      step = 4,
      value = "ends at CR LF CR LF and nowhere else",
      points = 1,
      read = "chapter 1, \"What people get wrong\"")
  void end() throws IOException {
    wantsEnd(
        "\n\n",
        "It ends at two line feeds. A head that another server reads to its end is cut"
            + " short here, and its rest is taken for a second request.");
    wantsEnd("\r\r", "It ends at two carriage returns.");
    wantsEnd("\r\n\n", "A lone LF after a line is no blank line.");
    wantsEnd("\n\r\n", "A lone LF before a CR LF is no blank line.");
    wantsEnd("\r\n \t\r\n", "A line of spaces is not blank: it has bytes before its CR LF.");
    for (var almost : List.of("\r\n\r", "\r")) {
      // The first bytes of the end, and then all of it.
      var head = "GET / HTTP/1.1\r\nHost: catalog" + almost + "\r\n\r\n";
      wants(
          head,
          "This looks like code that counts how much of CR LF CR LF it has seen, and begins at zero"
              + " after a byte that does not fit. That byte may be the first of the end.");
    }
  }

  private static void wantsEnd(String decoy, String means) throws IOException {
    wants("GET / HTTP/1.1\r\nX-Note: a" + decoy + "b\r\nHost: catalog\r\n\r\n", means);
  }

  private static void wants(String head, String means) throws IOException {
    var given = given("\"" + Bytes.visible(head) + "\"");
    try (var wire = Wire.open()) {
      var in =
          wire.paced(
              bytes(List.of(head)),
              _ -> {
                throw given.wrong(
                    "the head, after its last byte",
                    "another read(): the end went unnoticed",
                    means);
              });
      given.wants(Bytes.visible(head), shown(read(wire, in)), means);
    }
  }

  @Check(
      step = 5,
      value = "tells the end of the stream from the end of a head",
      points = 2,
      read = "chapter 1, \"Where a request ends\"")
  void endOfStream() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(), Wire::sendEnd);
      var given = given("a client that connects and closes");
      try {
        given.wants(
            "an empty Optional",
            shown(read(wire, in)),
            "Nothing was asked, so there is nothing to answer: a browser does this with connections"
                + " that it opened in advance.");
      } catch (EOFException broken) {
        throw given.wrong(
            "an empty Optional",
            broken.toString(),
            "Between two requests a client may close; that breaks nothing. Only within a head is"
                + " the end of the stream an error.");
      }
    }

    for (int at : new int[] {1, 14, HEAD.length() - 4, HEAD.length() - 2, HEAD.length() - 1}) {
      var begun = HEAD.substring(0, at);
      try (var wire = Wire.open()) {
        var in = wire.paced(bytes(List.of(begun)), Wire::sendEnd);
        var given = given("\"%s\" and then the end".formatted(Bytes.visible(begun)));
        try {
          throw given.wrong(
              "an EOFException",
              shown(read(wire, in)),
              "This looks like code that takes the end of the stream for the end of the head. A"
                  + " client that broke off has not asked for anything.");
        } catch (HeadTooLong filled) {
          throw given.wrong(
              "an EOFException",
              filled.toString(),
              "This looks like code that takes the -1 of read() for a byte, and goes on. It says"
                  + " that no byte will ever come again.");
        } catch (EOFException right) {
          continue;
        }
      }
    }

    var latin = "GET / HTTP/1.1\r\nX-Author: Louÿs\r\n\r\n";
    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(latin.getBytes(ISO_8859_1)), Wire::sendEnd);
      var given = given("the byte ff (ÿ in ISO 8859-1) in a header");
      try {
        var got = read(wire, in).map(head -> new String(head, ISO_8859_1)).orElse("empty");
        given.wants(
            Bytes.visible(latin),
            Bytes.visible(got),
            "A head holds any bytes; they go through unchanged, whatever text they may be.");
      } catch (EOFException early) {
        throw given.wrong(
            "the head",
            early.toString(),
            "This looks like code that casts read()'s int to a byte before it compares it with -1:"
                + " the byte ff and the end of the stream are then the same.");
      }
    }
  }

  @Check(
      step = 6,
      value = "stops at 8192 bytes",
      points = 2,
      read = "chapter 1, \"Where a request ends\"")
  void limit() throws IOException {
    var start = "GET / HTTP/1.1\r\nCookie: ";
    var longest = start + "x".repeat(RequestHead.MAX_BYTES - start.length() - 4) + "\r\n\r\n";
    try (var wire = Wire.open()) {
      var in = wire.paced(bytes(cut(longest, 1000)), Wire::sendEnd);
      var given = given("a head of 8192 bytes, its blank line included");
      try {
        int got = read(wire, in).map(head -> head.length).orElse(0);
        given.wants("8192 bytes of head", got + " bytes of head", "The head is what was sent.");
      } catch (HeadTooLong early) {
        throw given.wrong(
            "8192 bytes of head",
            early.toString(),
            "The limit is the largest size allowed, so the last of its bytes still fits. This looks"
                + " like a comparison that is off by one.");
      }
    }

    try (var wire = Wire.open()) {
      var over = longest.replaceFirst("xx", "xxx");
      given("a head of 8193 bytes, its blank line included")
          .throwing(
              HeadTooLong.class,
              () -> read(wire, wire.paced(bytes(cut(over, 1000)), Wire::sendEnd)),
              "The blank line counts too: the limit is what one client may make us keep.");
    }

    wantsRefusal("a header that goes on and on, with no line end", "x".repeat(1000));
    wantsRefusal("header lines without end", "X-Shelf: 1234567\r\n".repeat(50));
  }

  private static void wantsRefusal(String what, String piece) throws IOException {
    var pieces = Collections.nCopies(64, piece);
    var sent = String.join("", pieces).length();
    var given = given(what + ", 1,000 bytes at a time");
    try (var wire = Wire.open()) {
      var in =
          new Counted(
              wire.paced(
                  bytes(pieces),
                  _ -> {
                    throw given.wrong(
                        "HeadTooLong after 8192 bytes",
                        "%,d bytes taken, and another read()".formatted(sent),
                        "This looks like code without a limit, or one that looks at it when the"
                            + " head is complete. This head never is. One client fills the memory,"
                            + " and the server is gone for all.");
                  }));
      try {
        var got = read(wire, in).map(head -> head.length).orElse(0);
        throw given.wrong("HeadTooLong", got + " bytes of head", "This head has no end.");
      } catch (HeadTooLong right) {
        // and soon enough?
      }
      if (in.taken > RequestHead.MAX_BYTES + 1) {
        throw given.wrong(
            "at most 8193 bytes taken off the stream",
            "%,d bytes taken".formatted(in.taken),
            "The limit is looked at too late: after a whole line, or after a whole buffer. It must"
                + " stand beside each byte that is kept.");
      }
    }
  }

  /** Counts what is taken from a stream. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private int taken;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      if (next >= 0) taken++;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) taken += count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }
  }

  /** The call, and in the timeline of the wire where it ended. */
  private static Optional<byte[]> read(Wire wire, InputStream in) throws IOException {
    try {
      var head = RequestHead.read(in);
      wire.mark("Here your code returned.");
      return head;
    } catch (IOException thrown) {
      wire.mark("Here your code threw %s.".formatted(thrown.getClass().getSimpleName()));
      throw thrown;
    }
  }

  private static String shown(Optional<byte[]> head) {
    if (head == null) return "null";
    return head.map(Bytes::visible).orElse("an empty Optional");
  }

  private static List<String> cut(String text, int size) {
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); at += size) {
      pieces.add(text.substring(at, Math.min(text.length(), at + size)));
    }
    return pieces;
  }

  private static List<byte[]> bytes(List<String> pieces) {
    return pieces.stream().map(piece -> piece.getBytes(US_ASCII)).toList();
  }
}
