import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson 15: all hear what one says, and a listener who does not read costs a bounded amount. */
class BackpressureTest {
  private static final String LINE = "-".repeat(4_000);

  @AutoClose private final Children children = new Children();

  /** Somebody in the room, who has been greeted. */
  private record Guest(Wire wire, BufferedReader in) implements AutoCloseable {
    static Guest in(Child server) throws Exception {
      return greeted(Wire.call(Service.port(server)));
    }

    static Guest greeted(Wire wire) throws IOException {
      var in = new BufferedReader(new InputStreamReader(wire.socket().getInputStream(), UTF_8));
      assertThat(in.readLine()).startsWith("Welcome.");
      return new Guest(wire, in);
    }

    Guest says(String line) throws IOException {
      wire.say((line + "\n").getBytes(UTF_8));
      return this;
    }

    void hears(String line) throws IOException {
      assertThat(in.readLine()).isEqualTo(line);
    }

    String name() {
      return "Port " + wire.port();
    }

    /** Says so many numbered lines and then exit, while somebody else reads what it hears. */
    FutureTask<Void> saysMany(int count) {
      var saying =
          new FutureTask<Void>(() -> {
            for (int i = 0; i < count; i++) wire.socket().getOutputStream().write(line(i));
            wire.socket().getOutputStream().write("exit\n".getBytes(UTF_8));
            return null;
          });
      Thread.startVirtualThread(saying);
      return saying;
    }

    private static byte[] line(int number) {
      return (number + LINE + "\n").getBytes(UTF_8);
    }

    /** All of them, each once, one after the other. */
    void hearsMany(Guest speaker, int count) throws IOException {
      for (int i = 0; i < count; i++) hears(speaker.name() + ": " + i + LINE);
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  private Child serve() throws Exception {
    return children.serve(Lesson.named("L15Backpressure"));
  }

  @Test
  void allHearTheSameInTheSameOrder() throws Exception {
    var server = serve();
    try (var yaoyao = Guest.in(server);
        var tom = Guest.in(server)) {
      for (int i = 0; i < 20; i++) {
        yaoyao.says("a " + i);
        tom.says("b " + i + "\r");
      }
      for (int i = 0; i < 40; i++) tom.hears(yaoyao.in.readLine());
      yaoyao.says("exit").hears("Goodbye");
      assertThat(yaoyao.in.readLine()).isNull();
      tom.says("alone").hears(tom.name() + ": alone");
      server.awaitOut(yaoyao.name() + " has left\n");
    }
  }

  @Test
  void whatIsTypedAtTheServerIsHeardThoughNobodySpeaks() throws Exception {
    var server = children.run(Lesson.named("L15Backpressure"), "0");
    try (var yaoyao = Guest.in(server);
        var tom = Guest.in(server)) {
      server.type("We close at eight.\n");
      yaoyao.hears("Keyboard: We close at eight.");
      tom.hears("Keyboard: We close at eight.");
    }
  }

  @Test
  void noTerminalGetsTheCommandsOfAStranger() throws Exception {
    var server = serve();
    try (var yaoyao = Guest.in(server);
        var tom = Guest.in(server)) {
      tom.says("\u001b[2J\u0007\u009b31m é€😀");
      yaoyao.hears(tom.name() + ": �[2J��31m é€😀");
    }
  }

  /** 4 MB of talk, for somebody who begins to read when the speaker is not heard any more. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "what waits in the kernel is read from /proc")
  void whoReadsLateMissesNothing() throws Exception {
    var server = serve();
    try (var speaker = Guest.in(server);
        var late = Guest.in(server)) {
      int count = 1_000;
      var saying = speaker.saysMany(count);
      var hearing =
          new FutureTask<Void>(() -> {
            speaker.hearsMany(speaker, count);
            return null;
          });
      Thread.startVirtualThread(hearing);
      Proc.soon().until(() -> Proc.unread(speaker.wire) > 0); // it is not heard at the moment
      late.hearsMany(speaker, count);
      saying.get();
      hearing.get();
      speaker.hears("Goodbye");
      late.says("still here").hears(late.name() + ": still here");
    }
  }

  @Test
  void whoNeverReadsIsDroppedAndTheOthersGoOn() throws Exception {
    var server = serve();
    try (var deaf = Guest.greeted(Wire.callWithSmallBuffer(Service.port(server)));
        var speaker = Guest.in(server);
        var other = Guest.in(server)) {
      int count = 1_000;
      var saying = speaker.saysMany(count);
      var hearing =
          new FutureTask<Void>(() -> {
            other.hearsMany(speaker, count);
            return null;
          });
      Thread.startVirtualThread(hearing);
      speaker.hearsMany(speaker, count);
      hearing.get();
      saying.get();
      server.awaitOut(deaf.name() + " lost: too slow\n");
      other.says("alone").hears(other.name() + ": alone");
    }
  }

  @Test
  void atTheStopTheRoomEmptiesInOrder() throws Exception {
    var server = serve();
    int port = Service.port(server);
    try (var yaoyao = Guest.in(server);
        var tom = Guest.in(server)) {
      server.terminate();
      Proc.soon()
          .untilAsserted(() ->
              assertThatThrownBy(() -> Wire.call(port).close())
                  .isInstanceOf(ConnectException.class));
      yaoyao.says("Anybody?");
      tom.hears(yaoyao.name() + ": Anybody?");
      yaoyao.says("exit");
      tom.says("exit");
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.err()).isEmpty();
      server.awaitOut(tom.name() + " has left\n");
    }
  }

  @Test
  void atTheStopWhoStaysIsCut() throws Exception {
    var server = serve();
    try (var yaoyao = Guest.in(server)) {
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(yaoyao.in.readLine()).isNull();
    }
  }
}
