import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson 02 says what Python's connect_ex returns: here Python says so itself. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the lesson quotes Linux's error numbers")
class ConnectExTest {
  private static final String PYTHON =
      """
      import errno, socket

      def attempt(what, host, port):
          with socket.socket() as client:
              client.settimeout(0.5)
              try:
                  code = client.connect_ex((host, port))
                  outcome = f"{code} {errno.errorcode[code]}" if code else "0"
              except OSError as failed:
                  outcome = f"raises {type(failed).__name__}"
          print(f"{what}: {outcome}")

      with socket.create_server(("127.0.0.1", 0), backlog=1) as server:
          port = server.getsockname()[1]
          attempt("a first caller", "127.0.0.1", port)
          attempt("a second", "127.0.0.1", port)
          attempt("a third", "127.0.0.1", port)
      attempt("nobody listens", "127.0.0.1", port)
      attempt("a group's address", "224.0.0.1", 80)
      attempt("no such name", "no..name", 80)
      """;

  @AutoClose private final Children children = new Children();

  @Test
  void isWhatPythonReturns() throws Exception {
    assumeTrue(hasPython(), "no python3 here to ask");
    var lesson = children.run(Lesson.named("L02Netcat"), "demo");
    var python = children.start(new ProcessBuilder("python3", "-")).feed(PYTHON.getBytes(UTF_8));
    assertThat(python.exitCode()).as(python.err()).isZero();
    assertThat(outcomes("(.+?) {2,}.+ connect_ex: (.+?) {2,}.*", lesson.out()))
        .isEqualTo(outcomes("(.+): (.+)", python.out()))
        .isNotEmpty();
  }

  private boolean hasPython() throws InterruptedException {
    try {
      return children.start(new ProcessBuilder("python3", "--version")).exitCode() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static Map<String, String> outcomes(String line, String text) {
    var found = Pattern.compile("(?m)^" + line + "$").matcher(text).results();
    return found.collect(toMap(row -> row.group(1), row -> row.group(2)));
  }
}
