import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What every demo owes its reader, however it is started: it ends, and leaves nothing. */
final class Demo {
  private Demo() {}

  /** Nothing stands on its standard input, and nobody is there to press a key. */
  static Child run(
      Children children, Lesson lesson, Path empty, Duration patience, List<String> words)
      throws Exception {
    var mark = UUID.randomUUID().toString();
    var home = List.of("-Djava.io.tmpdir=" + empty, "-Duser.home=" + empty);
    var command = Children.java(lesson.runtimeOptions(), home, words).directory(empty.toFile());
    command.environment().put("DEMO_MARK", mark); // its children would inherit it
    var demo = children.start(command).endInput();
    assertThat(demo.exitCode(patience)).as(demo.err()).isZero();
    if (Proc.HERE) assertThat(Proc.processesWith("DEMO_MARK", mark)).isEmpty();
    assertThat(demo.out()).isNotBlank();
    assertThat(empty).isEmptyDirectory();
    return demo;
  }
}
