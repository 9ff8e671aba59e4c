import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every lesson that serves owes its reader: {@code ./jbang NN [PORT]}. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("Lesson#serving")
class ServerContractTest {
  @Parameter Lesson lesson;

  @AutoClose private final Children children = new Children();

  private static String port(Child server) throws InterruptedException {
    return Integer.toString(Service.port(server));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "listening sockets are read from /proc")
  void listensOnLoopbackOnly() throws Exception {
    var server = children.run(lesson, "0");
    port(server);
    assertThat(new Proc(server.pid()).listeners())
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    var port = port(children.run(lesson, "0"));
    var second = children.run(lesson, port);
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.errLines()).singleElement().asString().contains(port);
    assertThat(second.out()).isEmpty();
  }

  static List<String> noPorts() {
    return Tier.first(
        "65536", "", " ", "-1", "+80", "70000", "99999999999", "80 80", "80.", "0x50", "٨٠");
  }

  @ParameterizedTest
  @MethodSource("noPorts")
  void takesNothingButAPort(String argument) throws Exception {
    Usage.expect(children.run(lesson, argument));
  }

  @Test
  void freesItsPortWhenItIsStopped() throws Exception {
    var first = children.run(lesson, "0");
    var port = port(first);
    try (var caller = Wire.call(Integer.parseInt(port))) {
      caller.say(Site.bytes("a conversation that the stop cuts off"));
      first.terminate();
      first.exitCode();
      assertThat(port(children.run(lesson, port))).isEqualTo(port);
    }
  }
}
