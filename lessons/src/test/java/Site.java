import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** A web server as its callers see it: where it is, its page, and the longest head it takes. */
record Site(int port, byte[] reply, byte[] page, int maxHeadBytes) {
  static final String REQUEST =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Connection: close\r
      \r
      """;

  /** The site of a server that says where it listens. */
  static Site of(Child server, int maxHeadBytes) throws Exception {
    var listening = server.awaitOut("Listening on http://localhost:([0-9]+)/");
    int port = Integer.parseInt(listening.group(1));
    try (var caller = Wire.call(port).say(bytes(REQUEST))) {
      var reply = caller.hearAll();
      return new Site(port, reply, page(reply), maxHeadBytes);
    }
  }

  private static byte[] page(byte[] answer) {
    var reply = Reply.parse(answer);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.rest()).as("after Content-Length bytes").isEmpty();
    return reply.body();
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

  /**
   * A caller who does all as it should be done is given the page, whole, and nothing after it.
   * Returns the caller's port, by which the server's log names it.
   */
  int servesThePage() throws IOException {
    try (var caller = call().say(bytes(REQUEST))) {
      isThePageAndNothingElse(caller.hearAll());
      return caller.port();
    }
  }

  void isThePageAndNothingElse(byte[] answer) {
    assertThat(page(answer)).isEqualTo(page);
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
