package ch01;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.SequencedMap;

/** Exercise 1.1: a correct reply. */
public final class Reply {
  private Reply() {}

  public static byte[] bytes(
      int status, String reason, SequencedMap<String, String> headers, String body) {
    // The body becomes bytes first: what is counted and what is sent can't differ then.
    var content = body.getBytes(UTF_8);

    var head = new StringBuilder("HTTP/1.1 " + status + " " + oneLine(reason) + "\r\n");
    headers.forEach((name, value) -> {
      // Header names have no case (RFC 9110, section 5.1).
      if (name.equalsIgnoreCase("Content-Length")) {
        throw new IllegalArgumentException("the length is counted here");
      }
      head.append(oneLine(name)).append(": ").append(oneLine(value)).append("\r\n");
    });
    head.append("Content-Length: ").append(content.length).append("\r\n\r\n");

    var reply = new ByteArrayOutputStream();
    reply.writeBytes(head.toString().getBytes(US_ASCII));
    reply.writeBytes(content);
    return reply.toByteArray();
  }

  /** Refuses rather than repairs: text with a line end in it is an attack or a mistake. */
  private static String oneLine(String text) {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line end in the head of a reply");
    }
    return text;
  }
}
