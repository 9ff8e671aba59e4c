import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every lesson that serves owes its reader: {@code ./jbang NN [PORT]}. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("Lesson#serving")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerContractTest {
  @Parameter Lesson lesson;

  private Children children;
  private Child server;

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    children = new Children(); // one instance of this class serves all lessons
    server = children.serve(lesson);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "listening sockets are read from /proc")
  void listensOnLoopbackOnly() throws Exception {
    Service.port(server);
    assertThat(new Proc(server.pid()).listeners())
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    var port = Integer.toString(Service.port(server));
    var second = InProcess.run(lesson, port);
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err().lines()).singleElement().asString().contains(port);
    assertThat(second.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+80",
        "65536",
        "70000",
        "99999999999",
        "80 80",
        "80.",
        "0x50",
        "٨٠"
      })
  void takesNothingButAPort(String argument) throws Exception {
    Usage.expect(lesson, argument);
  }

  @AfterParameterizedClassInvocation
  void end() {
    children.close();
  }
}
