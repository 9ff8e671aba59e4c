import static org.assertj.core.api.Assertions.assertThat;

/** What a lesson does with arguments that it cannot use. */
final class Usage {
  private Usage() {}

  static void expect(Child lesson) throws InterruptedException {
    assertThat(lesson.exitCode()).isEqualTo(2);
    assertThat(lesson.errLines()).singleElement().asString().contains("usage: ./jbang ");
    assertThat(lesson.out()).isEmpty();
  }
}
