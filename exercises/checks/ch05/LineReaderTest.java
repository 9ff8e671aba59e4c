package ch05;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import ch05.LineReader.LineTooLong;
import com.sun.management.ThreadMXBean;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Wire;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

@Exercise(id = "5.2", title = "Line reader", file = "ch05/LineReader.java", level = 2, minutes = 40)
class LineReaderTest {
  private static final int MAX = LineReader.MAX_BYTES;

  @Check(
      step = 1,
      value = "returns a line as soon as its end is there",
      points = 1,
      read = "chapter 5, \"Until the delimiter\"")
  void returns() throws IOException {
    for (var end : List.of("\n", "\r\n")) {
      var sent = "TITLE Moby-Dick" + end;
      var given = given("\"%s\" and then silence".formatted(Bytes.visible(sent)));
      try (var wire = Wire.open()) {
        var reader =
            new LineReader(
                wire.paced(
                    bytes(sent),
                    _ -> {
                      throw given.wrong(
                          "the line, after its last byte",
                          "another read(), which waits for a byte that never comes",
                          "This looks like code that reads to the end of the stream, or until its"
                              + " buffer is full. The terminal waits for an answer to this line"
                              + " and says nothing more.");
                    }));
        var got = line(wire, reader);
        given.wants(
            "TITLE Moby-Dick",
            got,
            got.equals("TITLE Moby-Dick␍")
                ? "CR LF is one line end: its CR is no part of the line."
                : "The line is what came before its end.");
      }
    }
  }

  @Check(
      step = 2,
      value = "puts a line together, however it arrives",
      points = 2,
      read = "chapter 5, \"Until the delimiter\"")
  void split() throws IOException {
    for (var sent : List.of("TITLE Moby-Dick\n", "TITLE Moby-Dick\r\n")) {
      for (int at = 1; at < sent.length(); at++) {
        wantsWhole(sent, List.of(sent.substring(0, at), sent.substring(at)));
      }
      for (int size = 1; size <= 9; size++) wantsWhole(sent, cut(sent, size));
    }
  }

  private static void wantsWhole(String sent, List<String> pieces) throws IOException {
    var what = pieces.stream().map(Bytes::visible).collect(Collectors.joining("\", \""));
    try (var wire = Wire.open()) {
      var in =
          wire.paced(pieces.stream().map(piece -> piece.getBytes(UTF_8)).toList(), Wire::sendEnd);
      var got = lines(wire, new LineReader(in));
      var first = "\"" + Bytes.visible(pieces.getFirst());
      var means =
          got.equals("\"TITLE Moby-Dick\", \"\"")
              ? "This looks like code that ends a line at the CR, and skips an LF only if it is"
                  + " there already. Here it came later, and was taken for the end of an empty"
                  + " line."
              : got.startsWith(first.replace("␍", ""))
                  ? "This looks like code that takes one read() for one line. TCP carries bytes:"
                      + " where they are cut means nothing."
                  : "The line is what came before its end, wherever the network cuts it.";
      given("\"%s\" and then the end".formatted(what)).wants("\"TITLE Moby-Dick\"", got, means);
    }
  }

  @Check(
      step = 3,
      value = "decodes a line when all of its bytes are there",
      points = 1,
      read = "chapter 5, \"Until the delimiter\"")
  void decodes() throws IOException {
    var text = "é€😀";
    var sent = (text + "\n").getBytes(UTF_8);
    for (int size = sent.length; size >= 1; size--) {
      try (var wire = Wire.open()) {
        var got = lines(wire, new LineReader(wire.paced(cut(sent, size), Wire::sendEnd)));
        var means =
            got.contains("�")
                ? "This looks like code that decodes each piece by itself. é has 2 bytes, € has 3"
                    + " and 😀 has 4; a piece that ends within one holds no character there, and"
                    + " the next begins with none."
                : "This looks like code that makes each byte a character. Put the bytes of the line"
                    + " together first, then decode them, with UTF-8.";
        given("\"%s␊\" in UTF-8, in packets of %d".formatted(text, size))
            .wants("\"" + text + "\"", got, means);
      }
    }
    wantsLines(
        "a\u00ffb: the byte ff, which UTF-8 does not have",
        new byte[] {'a', (byte) 0xff, 'b', '\n'},
        "\"a\ufffdb\"",
        "What is no UTF-8 becomes U+FFFD. The byte ff is no end of the stream either, though it"
            + " looks like -1 to code that casts read()'s int to a byte.");
  }

  @Check(
      step = 4,
      value = "keeps what came along with a line",
      points = 2,
      read = "chapter 5, \"Until the delimiter\"")
  void leftovers() throws IOException {
    var lines = List.of("TITLE Moby-Dick", "AUTHOR Herman Melville", "YEAR 1851");
    var sent = String.join("\r\n", lines) + "\r\n";
    var given = given("\"%s\" in one packet, and then silence".formatted(Bytes.visible(sent)));
    try (var wire = Wire.open()) {
      var reader =
          new LineReader(
              wire.paced(
                  bytes(sent),
                  _ -> {
                    throw given.wrong(
                        "three lines",
                        "another read(), before all of them were returned",
                        "This looks like code that drops what a read brought behind the line end."
                            + " It was taken off the stream, so nobody will see it again. Keep it"
                            + " for the next call.");
                  }));
      for (var each : lines) given.wants(each, line(wire, reader), "A line, then the next.");
    }

    var order = "COVER 6\r\n".getBytes(UTF_8);
    var cover = HexFormat.of().parseHex("89500d0a1aff");
    var next = "PRICE 5 €\n".getBytes(UTF_8);
    var all = join(order, cover, next);
    for (int at = order.length; at <= all.length; at++) {
      wantsCover(List.of(Arrays.copyOf(all, at), Arrays.copyOfRange(all, at, all.length)), cover);
    }
    wantsCover(cut(all, 1), cover);

    try (var wire = Wire.open()) {
      var reader =
          new LineReader(wire.paced(List.of(join(order, Arrays.copyOf(cover, 4))), Wire::sendEnd));
      reader.readLine();
      given("a line, 4 bytes, and then the end")
          .throwing(
              EOFException.class,
              () -> reader.readBytes(6),
              "Four bytes of six are no picture. Only between two orders may a terminal end.");
    }
  }

  private static void wantsCover(List<byte[]> pieces, byte[] cover) throws IOException {
    var what =
        pieces.stream()
            .filter(piece -> piece.length > 0)
            .map(Bytes::visible)
            .collect(Collectors.joining("\", \""));
    var given = given("\"%s\": a line, six bytes, a line".formatted(what));
    var taken =
        "This looks like code that reads the line through a BufferedReader or a buffer of its own,"
            + " and the bytes from the stream. The first of them came along with the line; they are"
            + " in that buffer, where nobody looks for them.";
    try (var wire = Wire.open()) {
      var reader = new LineReader(wire.paced(pieces, Wire::sendEnd));
      given.wants("COVER 6", line(wire, reader), "The order comes first.");
      byte[] got;
      try {
        got = reader.readBytes(cover.length);
      } catch (EOFException early) {
        throw given.wrong("6 bytes: " + hex(cover), early.toString(), taken);
      }
      given.wants(
          "6 bytes: " + hex(cover),
          got == null ? "null" : "%d bytes: %s".formatted(got.length, hex(got)),
          isLater(got, cover)
              ? taken
              : "First comes what is here already, then what the stream brings. These bytes are no"
                  + " text: to decode them, or to look for line ends in them, changes them.");
      given.wants(
          "PRICE 5 €",
          line(wire, reader),
          "After the bytes comes the next line. It may be here already as well.");
    }
  }

  /** Whether it begins in the middle of what was sent. */
  private static boolean isLater(byte[] got, byte[] sent) {
    return got != null && got.length > 1 && hex(sent).indexOf(hex(Arrays.copyOf(got, 2))) > 0;
  }

  @Check(
      step = 5,
      value = "ends a line at LF or CR LF and nowhere else",
      points = 1,
      read = "chapter 5, \"What people get wrong\"")
  void ends() throws IOException {
    var cr = "A CR that no LF follows is a part of the line. BufferedReader sees a line end in it.";
    wantsLines("a\rb\n", "\"a␍b\"", cr);
    wantsLines("a\r\r\n", "\"a␍\"", "One CR belongs to the line end, the one right before the LF.");
    wantsLines("a\n\rb\r\n", "\"a\", \"␍b\"", cr);
    var empty = "A line with nothing in it is a line: the end of a head, or an empty answer.";
    wantsLines("a\n\nb\n", "\"a\", \"\", \"b\"", empty);
    wantsLines("\r\n\r\na\r\n", "\"\", \"\", \"a\"", empty);
    wantsLines("  a \n", "\"  a \"", "Spaces are bytes of the line.");
    wantsLines(
        "a\fb\u2028c\u0085d\n",
        "\"a␌b\u2028c\\u0085d\"",
        "Unicode has more characters that end a line in a text. On this wire they end none.");
  }

  private static void wantsLines(String sent, String wanted, String means) throws IOException {
    wantsLines(Bytes.visible(sent), sent.getBytes(UTF_8), wanted, means);
  }

  private static void wantsLines(String what, byte[] sent, String wanted, String means)
      throws IOException {
    try (var wire = Wire.open()) {
      var got = lines(wire, new LineReader(wire.paced(List.of(sent), Wire::sendEnd)));
      given("\"%s\" and then the end".formatted(what)).wants(wanted, got, means);
    }
  }

  @Check(
      step = 6,
      value = "delivers a last line that has no end",
      points = 1,
      read = "chapter 5, \"Until the delimiter\"")
  void lastLine() throws IOException {
    var last =
        "The stream has ended, and with it the last line. What was said before still counts.";
    wantsLines("TITLE Moby-Dick", "\"TITLE Moby-Dick\"", last);
    wantsLines("TITLE Moby-Dick\nBYE", "\"TITLE Moby-Dick\", \"BYE\"", last);
    wantsLines(
        "BYE\r", "\"BYE␍\"", "No LF will follow this CR any more: it is a part of the line.");
    var none = "After the last line end there are no bytes, so there is no line.";
    wantsLines("BYE\r\n", "\"BYE\"", none);
    wantsLines("\n", "\"\"", "An empty line with an end is a line.");
    try (var wire = Wire.open()) {
      var got = lines(wire, new LineReader(wire.paced(List.of(), Wire::sendEnd)));
      given("the end, and nothing before it").wants("no line", got, none);
    }

    try (var wire = Wire.open()) {
      var reader = new LineReader(wire.paced(bytes("PRICE 5"), Wire::reset));
      given("\"PRICE 5\" and then a reset")
          .throwing(
              IOException.class,
              reader::readLine,
              "A connection that is lost has no end, and so no last line: nobody knows what was to"
                  + " come. PRICE 5 may be the beginning of PRICE 50.");
    }
  }

  @Check(
      step = 7,
      value = "refuses a line over 16 KB there and then",
      points = 1,
      read = "chapter 5, \"Until the delimiter\"")
  void limit() throws IOException {
    var longest = "x".repeat(MAX);
    wantsTaken("16,384 bytes and LF", longest, "\n");
    wantsTaken("16,384 bytes and CR LF", longest, "\r\n");
    wantsTaken("16,384 bytes and CR, then LF", longest + "\r", "\n");

    wantsRefusal(
        "16,384 bytes, one more, and no line end",
        longest,
        "x",
        "This looks like code that looks at the limit when the line is complete. This one never"
            + " is: whoever sends no LF fills the memory, and the server is gone for all.");
    wantsRefusal(
        "16,384 bytes, a CR, and no LF after it",
        longest,
        "\rx",
        "The CR might have been the beginning of CR LF. With the byte after it, it is a part of the"
            + " line, and that is too long.");

    var euros = "€".repeat(MAX / 3);
    wantsTaken("5,461 times € and an x, 16,384 bytes, and LF", euros + "x", "\n");
    wantsRefusal(
        "5,461 times € and xx, 16,385 bytes",
        euros + "xx",
        "",
        "The limit counts bytes, since bytes are what fills the memory. This looks like code that"
            + " counts characters.");
  }

  private static void wantsTaken(String what, String begin, String end) throws IOException {
    var given = given(what);
    try (var wire = Wire.open()) {
      var pieces = new ArrayList<>(cut(begin.getBytes(UTF_8), 5000));
      pieces.add(end.getBytes(UTF_8));
      var reader = new LineReader(wire.paced(pieces, Wire::sendEnd));
      int length = length(reader.readLine());
      given.wants(
          MAX + " bytes", length + " bytes", "The line is as long as the bytes before its end.");
    } catch (LineTooLong early) {
      throw given.wrong(
          MAX + " bytes",
          early.toString(),
          "The limit is the largest size allowed, and the line end does not count: neither its LF"
              + " nor its CR.");
    }
  }

  private static void wantsRefusal(String what, String begin, String end, String means)
      throws IOException {
    var given = given(what);
    try (var wire = Wire.open()) {
      var pieces = new ArrayList<>(cut(begin.getBytes(UTF_8), 5000));
      if (!end.isEmpty()) pieces.add(end.getBytes(UTF_8));
      var in =
          wire.paced(
              pieces,
              _ -> {
                throw given.wrong("LineTooLong", "another read()", means);
              });
      int length = length(new LineReader(in).readLine());
      throw given.wrong("LineTooLong", length + " bytes", means);
    } catch (LineTooLong right) {
      return;
    }
  }

  private static int length(Optional<String> line) {
    return line.map(each -> each.getBytes(UTF_8).length).orElse(0);
  }

  @Check(
      step = 8,
      value = "asks for many bytes at a time and looks at each once",
      points = 1,
      read = "chapter 5, \"Until the delimiter\"")
  void cost() throws IOException {
    var whole = new Pieces(MAX, MAX + 1);
    new LineReader(whole).readLine();
    if (whole.reads() > 100) {
      throw given("a line of 16,384 bytes that has all arrived")
          .wrong(
              "100 reads of the stream or fewer",
              "%,d reads of the stream".formatted(whole.reads()),
              "Each read of a socket is a call of the system, which costs as much for one byte as"
                  + " for thousands. A buffer of bytes between the two takes what is there, and"
                  + " whoever wants one byte takes it from the buffer.");
    }

    copied(); // what is loaded at the first use does not count
    long copied = copied();
    if (copied > 100 * MAX) {
      throw given("a line of 16,384 bytes, one at a time")
          .wrong(
              "1,638,400 bytes of memory or fewer, 100 for each byte of the line",
              "%,d bytes of memory, %,d for each byte of the line".formatted(copied, copied / MAX),
              "This looks like code that makes a String or an array with each piece, of all that"
                  + " has come so far, to search it once more: twice the line is four times the"
                  + " work. Look at each byte when it comes. Then it need not be looked at again.");
    }
  }

  /** How much memory the reader takes for a line that comes byte by byte. */
  private static long copied() throws IOException {
    var beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var pieces = new Pieces(MAX, 1);
    long before = beans.getCurrentThreadAllocatedBytes();
    new LineReader(pieces).readLine();
    return beans.getCurrentThreadAllocatedBytes() - before;
  }

  /** The next line, and in the timeline of the wire where it was returned. */
  private static String line(Wire wire, LineReader reader) throws IOException {
    var line = reader.readLine();
    wire.mark("Here your code returned a line.");
    return line == null ? "null" : line.map(Bytes::visible).orElse("no line");
  }

  /** All lines to the end. */
  private static String lines(Wire wire, LineReader reader) throws IOException {
    var lines = new ArrayList<String>();
    while (lines.size() < 20) {
      var line = reader.readLine();
      if (line == null) return "null";
      if (line.isEmpty()) break;
      wire.mark("Here your code returned a line.");
      lines.add("\"" + Bytes.visible(line.get()) + "\"");
    }
    return lines.isEmpty() ? "no line" : String.join(", ", lines);
  }

  private static List<String> cut(String text, int size) {
    return cut(text.getBytes(UTF_8), size).stream().map(piece -> new String(piece, UTF_8)).toList();
  }

  private static List<byte[]> cut(byte[] bytes, int size) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < bytes.length; at += size) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return pieces;
  }

  private static List<byte[]> bytes(String text) {
    return List.of(text.getBytes(UTF_8));
  }

  private static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (var part : parts) joined.writeBytes(part);
    return joined.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
