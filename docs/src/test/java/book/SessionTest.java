package book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import book.Session.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
  @Test
  void readsTheHead() {
    var session =
        Session.parse(
            "01-hello",
            """
            # curl asks,
            # the server answers.
            needs curl, ipv6
            port 8080
            edit L01HelloWebServer: "BACKLOG = 50" -> "BACKLOG = 1"

            # Not a part of the caption.
            client $ true
            client .
            """);
    assertThat(session.caption()).isEqualTo("curl asks, the server answers.");
    assertThat(session.needs()).containsExactly(Need.CURL, Need.IPV6);
    assertThat(session.ports()).containsExactly(8080);
    assertThat(session.edits())
        .containsExactly(new Session.Edit("L01HelloWebServer", "BACKLOG = 50", "BACKLOG = 1"));
  }

  @Test
  void readsEveryStep() {
    var session =
        Session.parse(
            "steps",
            """
            # All of them.
            server $ ./jbang nc -l 9000
            server ? Listening
            server | Listening on localhost:9000
            server = a whole line
            server > You:
            server < typed
            server <
            server ^D
            server .
            server [exit 7]
            server $ cat
            server ^C
            server |
            """);
    assertThat(session.lines())
        .extracting(Session.Line::event)
        .containsExactly(
            new Event.Remark(),
            new Event.Run("server", "./jbang nc -l 9000"),
            new Event.Await("server", "Listening", false),
            new Event.Printed("server", "Listening on localhost:9000"),
            new Event.Await("server", "a whole line", true),
            new Event.AwaitPrompt("server", "You:"),
            new Event.Type("server", "typed"),
            new Event.Type("server", ""),
            new Event.CloseInput("server"),
            new Event.AwaitEnd("server"),
            new Event.Exited("server", 7),
            new Event.Run("server", "cat"),
            new Event.Interrupt("server"),
            new Event.Printed("server", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server * something              | s.session:2: cannot read: server * something
          server ? too early              | s.session:2: server runs nothing here
          server $                        | s.session:2: nothing follows $
          needs crul                      | s.session:2: no such need: crul
          port 80                         | s.session:2: a port has four or five digits: 80
          edit L01: BACKLOG -> 1          | s.session:2: wanted: edit LESSON: "OLD" -> "NEW"
          server $ cat\\nserver $ cat      | s.session:3: server is busy: await its end first
          server $ cat                    | s.session:2: server is still busy at the end: add "server ." or "server ^C"
          """)
  void namesTheLineThatIsWrong(String lines, String message) {
    assertThatThrownBy(() -> Session.parse("s", "# A session.\n" + lines.replace("\\n", "\n")))
        .isInstanceOf(BookError.class)
        .hasMessage(message);
  }

  @Test
  void wantsACaption() {
    assertThatThrownBy(() -> Session.parse("s", "client $ true\nclient ."))
        .hasMessageContaining("says nowhere what it shows");
  }
}
