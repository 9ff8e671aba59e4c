import static org.assertj.core.api.Assertions.assertThat;

/** What a lesson does with arguments that it cannot use. */
final class Usage {
  private static final String LINE = "usage: ./jbang ";

  private Usage() {}

  static void expect(Child lesson) throws InterruptedException {
    assertThat(lesson.exitCode()).isEqualTo(2);
    assertThat(lesson.errLines()).singleElement().asString().contains(LINE);
    assertThat(lesson.out()).isEmpty();
  }

  /** The same in this process: a virtual machine for each word that is no port costs too much. */
  static void expect(Lesson lesson, String... args) throws Exception {
    var run = InProcess.run(lesson, args);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(LINE);
    assertThat(run.out()).isEmpty();
  }
}
