import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What an HTTP server answered: a status, a body of exactly Content-Length bytes, and the rest. */
record Reply(int status, byte[] body, byte[] rest) {
  private static final Pattern STATUS = Pattern.compile("^HTTP/1[.]1 ([1-5][0-9]{2}) [^\r\n]*\r\n");
  private static final Pattern LENGTH =
      Pattern.compile("\r\nContent-Length: *([0-9]+) *\r\n", CASE_INSENSITIVE);

  static Reply parse(byte[] answer) {
    var text = new String(answer, ISO_8859_1); // a character for each byte: positions stay true
    int end = text.indexOf("\r\n\r\n") + 4;
    if (end < 4) throw new AssertionError("no whole reply: " + text);
    var head = text.substring(0, end);
    int status = number(STATUS, head);
    int bodyEnd = end + number(LENGTH, head);
    if (bodyEnd > answer.length) throw new AssertionError("the body is cut short: " + text);
    var body = Arrays.copyOfRange(answer, end, bodyEnd);
    return new Reply(status, body, Arrays.copyOfRange(answer, bodyEnd, answer.length));
  }

  private static int number(Pattern pattern, String head) {
    var found = pattern.matcher(head);
    if (!found.find()) throw new AssertionError("no " + pattern + " in " + head);
    return Integer.parseInt(found.group(1));
  }

  static boolean isPage(byte[] answer) {
    return new String(answer, ISO_8859_1).startsWith("HTTP/1.1 200 ");
  }
}
