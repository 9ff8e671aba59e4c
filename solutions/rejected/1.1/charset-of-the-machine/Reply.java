// Believes: getBytes() without a charset gives UTF-8 everywhere.
// Rejected by: ReplyTest "sends the body in UTF-8"
package ch01;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.SequencedMap;

public final class Reply {
  private Reply() {}

  public static byte[] bytes(
      int status, String reason, SequencedMap<String, String> headers, String body) {
    requireOneLine(reason);
    var content = body.getBytes();
    var head = new StringBuilder();
    head.append("HTTP/1.1 " + status + " " + reason + "\r\n");
    for (var header : headers.entrySet()) {
      requireOneLine(header.getKey());
      requireOneLine(header.getValue());
      if (header.getKey().equalsIgnoreCase("Content-Length")) {
        throw new IllegalArgumentException("Content-Length is computed");
      }
      head.append(header.getKey() + ": " + header.getValue() + "\r\n");
    }
    head.append("Content-Length: " + content.length + "\r\n");
    head.append("\r\n");

    var reply = new ByteArrayOutputStream();
    reply.writeBytes(head.toString().getBytes(US_ASCII));
    reply.writeBytes(content);
    return reply.toByteArray();
  }

  private static void requireOneLine(String text) {
    if (text.contains("\r") || text.contains("\n")) {
      throw new IllegalArgumentException("line break in: " + text);
    }
  }
}
