import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** A web server as its callers see it: where it is, its page, and the longest head it takes. */
record Site(int port, byte[] page, int maxHeadBytes) {
  static final String REQUEST =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Connection: close\r
      \r
      """;

  static Site at(int port, int maxHeadBytes) throws IOException {
    return new Site(port, fetch(port), maxHeadBytes);
  }

  private static byte[] fetch(int port) throws IOException {
    try (var caller = Wire.call(port).say(bytes(REQUEST))) {
      var reply = Reply.parse(caller.hearAll());
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.rest()).as("after Content-Length bytes").isEmpty();
      return reply.body();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  /** A request whose head has exactly so many bytes. */
  static byte[] requestOf(int headBytes) {
    int padding = headBytes - REQUEST.length() - "X: \r\n".length();
    var header = "X: " + "x".repeat(padding) + "\r\n";
    return bytes(REQUEST.replace("Connection:", header + "Connection:"));
  }

  Wire call() throws IOException {
    return Wire.call(port);
  }

  /** A caller who does all as it should be done is given the page, whole, and nothing after it. */
  void servesThePage() throws IOException {
    assertThat(fetch(port)).isEqualTo(page);
  }

  void isThePage(byte[] answer) {
    var reply = Reply.parse(answer);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(page);
  }

  void isNoPage(byte[] answer) {
    assertThat(Reply.isPage(answer)).as("a page for what is no request").isFalse();
  }
}
