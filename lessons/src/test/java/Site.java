import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** A web server as its callers see it: where it is, its page, and the longest head it takes. */
record Site(int port, byte[] page, int limit) implements Service {
  static final String REQUEST =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Connection: close\r
      \r
      """;

  /** The site of a server that says where it listens. */
  static Site of(Child server, int maxHeadBytes) throws Exception {
    int port = Service.port(server);
    try (var caller = Wire.call(port).say(bytes(REQUEST))) {
      return new Site(port, page(caller.hearAll()), maxHeadBytes);
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

  @Override
  public byte[] request() {
    return bytes(REQUEST);
  }

  @Override
  public byte[] longest() {
    return requestOf(limit);
  }

  @Override
  public byte[] tooLong() {
    return requestOf(limit + 1);
  }

  @Override
  public void isTheReply(byte[] answer) {
    assertThat(page(answer)).isEqualTo(page);
  }

  /** Not even a part of the page: a status of 200 would promise it. */
  @Override
  public void isNoReply(byte[] answer) {
    assertThat(Reply.isPage(answer)).as("a page for what is no request").isFalse();
  }

  /** The page, whatever follows: another page, if another request did. */
  void beginsWithThePage(byte[] answer) {
    var reply = Reply.parse(answer);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(page);
  }
}
