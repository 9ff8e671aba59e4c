// Believes: a line ends as it does in a text block.
// Rejected by: ReplyTest "ends every line of the head with CR LF"
package ch01;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SequencedMap;
import java.util.stream.Collectors;

public final class Reply {
  private Reply() {}

  public static byte[] bytes(
      int status, String reason, SequencedMap<String, String> headers, String body) {
    requireOneLine(reason);
    var fields =
        headers.entrySet().stream()
            .map(header -> field(header.getKey(), header.getValue()))
            .collect(Collectors.joining("\n"));
    return """
    HTTP/1.1 %d %s
    %s
    Content-Length: %d

    %s\
    """
        .formatted(status, reason, fields, body.getBytes(UTF_8).length, body)
        .getBytes(UTF_8);
  }

  private static String field(String name, String value) {
    requireOneLine(name);
    requireOneLine(value);
    if (name.equalsIgnoreCase("Content-Length")) {
      throw new IllegalArgumentException("the length is counted here");
    }
    return name + ": " + value;
  }

  private static void requireOneLine(String text) {
    if (text.contains("\r") || text.contains("\n")) {
      throw new IllegalArgumentException("line break in: " + text);
    }
  }
}
