import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The demo of every lesson, in a process with a witness. */
class DemoTest {
  @AutoClose private final Children children = new Children();

  /** Most of a demo's time it waits; three of them leave two processors little to do. */
  @AutoClose private final ExecutorService threads = Executors.newFixedThreadPool(3);

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> returnsWithItsThreadsEndedAndItsSocketsClosed() {
    return SideBySide.tests(Lesson.all(), threads, this::returns);
  }

  private void returns(Lesson lesson) throws Exception {
    var empty = Files.createDirectory(folder.resolve(lesson.name()));
    var classPath = System.getProperty("java.class.path");
    var witness = List.of("-cp", classPath, DemoWitness.class.getName(), lesson.name());
    var demo = Demo.run(children, lesson, empty, Child.PATIENCE, witness);
    assertThat(demo.errLines()).containsExactly("returned");
  }
}
