import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson 01: one conversation at a time, and all that is said in it shown. */
class HelloWebServerTest {
  @AutoClose private final Children children = new Children();
  private Child server;
  private int port;

  @BeforeEach
  void start() throws Exception {
    server = children.run(Lesson.named("L01HelloWebServer"), "0");
    port = Service.port(server);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc shows what the server has not read")
  void aSilentCallerMakesTheNextWait() throws Exception {
    var request = Site.bytes(Site.REQUEST);
    try (var second = waitingWhileAnotherTalks(request)) {
      assertThat(Reply.parse(second.hearAll()).status()).isEqualTo(200);
    }
  }

  /** Back when the first caller has left; until then the second is not even heard. */
  private Wire waitingWhileAnotherTalks(byte[] request) throws Exception {
    try (var first = Wire.call(port)) {
      var second = Wire.call(port).say(request);
      for (byte next : Site.bytes("GET / HTTP/1.1\r\nHost: localhost\r\n")) {
        first.say(next);
        Proc.awaitRead(first); // the server is at work, and not for the second
        assertThat(Proc.unread(second)).isEqualTo(request.length);
        assertThat(second.available()).isZero();
      }
      return second;
    }
  }

  @Test
  void showsWhatItsCallerSaysWithTheEndsOfItsLines() throws Exception {
    try (var browser =
        Wire.call(port).say(Site.bytes("GET /favicon.ico HTTP/1.1\r\n\u001b\r\n\r\n"))) {
      browser.hearAll();
      server.awaitOut("\\b" + browser.port() + ":\n  GET /favicon.ico HTTP/1.1␍␊\n  ␛␍␊\n  ␍␊\n");
    }
  }

  @Test
  void saysThatACallerLeftTooEarly() throws Exception {
    Wire.call(port).say(Site.bytes("GET / HT")).close();
    server.awaitOut("  lost: closed before the end of the request\n");
  }
}
