package ch01;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Bytes;
import grader.Check;
import grader.Exercise;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

@Exercise(id = "1.1", title = "A correct reply", file = "ch01/Reply.java", level = 1, minutes = 20)
class ReplyTest {
  private static final String TEXT = "text/plain; charset=utf-8";

  @Check(
      step = 1,
      value = "begins with the status line",
      points = 1,
      read = "chapter 1, \"Text and bytes\"")
  void statusLine() {
    wantsStatusLine("HTTP/1.1 200 OK", 200, "OK");
    wantsStatusLine("HTTP/1.1 404 Not Found", 404, "Not Found");
    wantsStatusLine("HTTP/1.1 204 ", 204, "");
  }

  private static void wantsStatusLine(String wanted, int status, String reason) {
    var got = firstLine(Reply.bytes(status, reason, headers("Content-Type", TEXT), ""));
    var means =
        reason.isEmpty() && got.equals(wanted.strip())
            ? "The reason may be empty; the space before it stays. A client looks for two spaces"
                + " and takes what is between them for the status (RFC 9112, section 4)."
            : got.endsWith("HTTP/1.1")
                ? "This is the order of a request line, where the version comes last. In a reply it"
                    + " comes first (RFC 9112, section 4)."
                : "A client reads the version, the status and the reason off the first line, with"
                    + " one space between them (RFC 9112, section 4).";
    given("the status %d, the reason \"%s\"".formatted(status, reason))
        .wants("\"%s\"".formatted(wanted), "\"%s\"".formatted(got), means);
  }

  @Check(
      step = 2,
      value = "ends every line of the head with CR LF",
      points = 2,
      read = "chapter 1, \"What people get wrong\"")
  void lineEnds() {
    var reply =
        Reply.bytes(
            200, "OK", headers("Content-Type", TEXT, "Server", "town-library"), "Moby-Dick");
    var head = Bytes.visible(reply).replace("Moby-Dick", "");
    long lineFeeds = head.chars().filter(c -> c == '␊').count();
    long pairs = (head.length() - head.replace("␍␊", "").length()) / 2;
    if (pairs == lineFeeds && pairs > 0 && pairs == head.chars().filter(c -> c == '␍').count()) {
      return;
    }
    var means =
        pairs == 0 && lineFeeds > 0
            ? "This looks like code that leaves the line ends to a text block, println or %n. Those"
                + " write what this machine's text files use. On the wire a line ends with CR LF,"
                + " whoever sends it."
            : "Each line of the head ends with CR LF, the blank line too: no line with one of them"
                + " alone.";
    throw given("two headers and the body \"Moby-Dick\"")
        .wrong("␍␊ after every line of the head", Bytes.visible(reply), means);
  }

  @Check(
      step = 3,
      value = "parts head and body with one blank line",
      points = 1,
      read = "chapter 1, \"Where a request ends\"")
  void blankLine() {
    for (var body : List.of("Moby-Dick", "", "\r\nMoby-Dick\r\n")) {
      var reply = Reply.bytes(200, "OK", headers("Content-Type", TEXT), body);
      var wanted = "␍␊␍␊" + Bytes.visible(body);
      var got = afterLength(Bytes.visible(reply));
      var means =
          !got.startsWith("␍␊␍␊")
              ? "Without a blank line the client takes the body for another header, or waits for"
                  + " more of them. The blank line ends the head even where no body follows."
              : "After the blank line the body begins, and nothing follows the body. What is left"
                  + " over would be the beginning of the next reply.";
      given("the body \"%s\"".formatted(Bytes.visible(body)))
          .wants(
              "Content-Length: " + body.length() + wanted,
              "Content-Length: " + lengthIn(reply) + got,
              means);
    }
  }

  @Check(
      step = 4,
      value = "sends the headers in the order given, then Content-Length",
      points = 1,
      read = "chapter 1, \"Text and bytes\"")
  void order() {
    var headers =
        headers(
            "Vary", "Accept-Language",
            "Server", "town-library",
            "Set-Cookie", "shelf=3",
            "Content-Type", TEXT,
            "Allow", "GET, HEAD");
    var before = List.copyOf(headers.keySet());
    var reply = Reply.bytes(200, "OK", headers, "");
    var wanted = String.join(", ", before) + ", Content-Length";
    var got = String.join(", ", names(reply));
    var sorted = got.equals("Allow, Content-Type, Server, Set-Cookie, Vary, Content-Length");
    var means =
        got.startsWith("Content-Length")
            ? "Content-Length is the last header here; the caller's own come before it."
            : sorted
                ? "This looks like code that sorts the headers, or copies them into a TreeMap."
                : "This looks like code that copies the headers into a HashMap, which keeps no"
                    + " order. A SequencedMap keeps the one that its owner chose.";
    given("the headers " + String.join(", ", before)).wants(wanted, got, means);
    given("a map with the headers " + String.join(", ", before))
        .wants(
            "the map as it was",
            List.copyOf(headers.keySet()).equals(before)
                ? "the map as it was"
                : "the map with " + String.join(", ", headers.keySet()),
            "The map belongs to the caller, who may use it for the next reply. Write the header"
                + " into the reply and not into the map.");
  }

  @Check(
      step = 5,
      value = "sends the body in UTF-8",
      points = 1,
      read = "chapter 1, \"Text and bytes\"")
  void charset() {
    var body = "Die Brüder Löwenherz";
    var reply = Reply.bytes(200, "OK", headers("Content-Type", TEXT), body);
    var got = end(reply, "Content-Length: " + lengthIn(reply) + "\r\n\r\n");
    var means =
        Arrays.equals(got, body.getBytes(US_ASCII))
            ? "This looks like code that encodes the body as ASCII: each character that ASCII does"
                + " not have becomes a question mark, and nothing says so."
            : Arrays.equals(got, body.getBytes(ISO_8859_1)) || isOfThisMachine(got, body)
                ? "This looks like code that leaves the charset to the machine, or takes ISO 8859-1"
                    + " for it. The machine that runs the checks has %s by default; yours may have"
                        .formatted(Charset.defaultCharset())
                    + " another. Name the charset where text becomes bytes."
                : "The body goes over the wire as the UTF-8 bytes of the text, and as nothing"
                    + " else.";
    given("the body \"" + body + "\"").wants(body.getBytes(UTF_8), got, means);
  }

  private static boolean isOfThisMachine(byte[] got, String body) {
    return Arrays.equals(got, body.getBytes(Charset.defaultCharset()));
  }

  @Check(
      step = 6,
      value = "counts bytes, not characters",
      points = 2,
      read = "chapter 1, \"Text and bytes\"")
  void length() {
    for (var body : List.of("Grüße, 世", "Der kleine Prinz 👑", "x".repeat(70_000) + "é")) {
      int bytes = body.getBytes(UTF_8).length;
      int characters = body.codePointCount(0, body.length());
      var got = lengthOf(body);
      var means =
          got.equals("" + characters) && lengthOf("👑").equals("1")
              ? "This looks like code that counts code points. Those are characters, well counted;"
                  + " a socket carries bytes."
              : got.equals("" + body.length())
                  ? "This looks like code that asks a String for its length. A String has"
                      + " characters; a socket carries bytes."
                  : "A client reads as many bytes as Content-Length says, and takes what follows"
                      + " for the next reply.";
      var shown = body.length() > 100 ? "70,000 times \"x\", and \"é\"" : "\"" + body + "\"";
      given("the body %s, %,d characters, %,d bytes".formatted(shown, characters, bytes))
          .wants("Content-Length: " + bytes, "Content-Length: " + got, means);
    }
  }

  private static String lengthOf(String body) {
    return lengthIn(Reply.bytes(200, "OK", headers("Content-Type", TEXT), body));
  }

  @Check(
      step = 7,
      value = "refuses headers that could forge a reply",
      points = 2,
      read = "chapter 1, \"What people get wrong\"")
  void injection() {
    refuses("the value", "OK", "X-Title", "Moby-Dick\r\nSet-Cookie: card=4711");
    refuses("the value", "OK", "X-Title", "Moby-Dick\nSet-Cookie: card=4711");
    refuses("the value", "OK", "X-Title", "Moby-Dick\rSet-Cookie: card=4711");
    refuses("the name", "OK", "X-Title: Moby-Dick\r\nSet-Cookie", "card=4711");
    refuses("the reason", "OK\r\nSet-Cookie: card=4711", "X-Title", "Moby-Dick");

    for (var name : List.of("Content-Length", "content-length")) {
      given("a header of the caller's, " + name + ": 5")
          .throwing(
              IllegalArgumentException.class,
              () -> Reply.bytes(200, "OK", headers(name, "5"), "Moby-Dick"),
              "Now the reply has two lengths. A proxy may believe one and the browser the other:"
                  + " what lies between is a reply that nobody sent. "
                  + (name.equals("content-length") ? "Header names have no case." : ""));
    }
  }

  private static void refuses(String which, String reason, String name, String value) {
    var forged = Stream.of(reason, name, value).filter(text -> text.matches("(?s).*[\r\n].*"));
    given(which + " " + Bytes.visible(forged.findFirst().orElseThrow()))
        .throwing(
            IllegalArgumentException.class,
            () -> Reply.bytes(200, reason, headers(name, value), ""),
            "Whoever chose this text has added a header to our reply. A reader's search words reach"
                + " a header easily, so refuse CR and LF, together and alone, wherever text of"
                + " others enters the head.");
  }

  /** In the order given: name, value, name, value. */
  private static SequencedMap<String, String> headers(String... namesAndValues) {
    var headers = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  private static String firstLine(byte[] reply) {
    return text(reply).lines().findFirst().orElse("");
  }

  /** The names of the header lines, as far as the blank line. */
  private static List<String> names(byte[] reply) {
    return text(reply)
        .lines()
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .map(line -> line.replaceFirst(":.*", ""))
        .toList();
  }

  private static String lengthIn(byte[] reply) {
    return text(reply)
        .lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .map(line -> line.substring("Content-Length: ".length()))
        .findFirst()
        .orElse("(no such header)");
  }

  /** What follows the number in Content-Length, in visible bytes. */
  private static String afterLength(String reply) {
    int at = reply.indexOf("Content-Length: ");
    return at < 0 ? reply : reply.substring(at).replaceFirst("Content-Length: [0-9]*", "");
  }

  /** The bytes behind this; all of them, if it is not there. */
  private static byte[] end(byte[] reply, String mark) {
    int at = text(reply).indexOf(mark);
    return at < 0 ? reply : Arrays.copyOfRange(reply, at + mark.length(), reply.length);
  }

  /** One character for each byte. */
  private static String text(byte[] reply) {
    return new String(reply, ISO_8859_1);
  }
}
