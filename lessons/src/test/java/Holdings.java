import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What a process holds at a moment, on Linux. */
record Holdings(int descriptors, int threads) {
  static Holdings of(Child process) throws IOException {
    return of(new Proc(process.pid()));
  }

  static Holdings of(Proc process) throws IOException {
    return new Holdings(process.descriptors().size(), process.threads());
  }

  /**
   * The same without threads where each caller gets a process: the virtual machine keeps one thread
   * for each child of its busiest moment, for a minute.
   */
  static Holdings of(Child process, Lesson lesson) throws IOException {
    var all = of(process);
    return lesson.startsAProcessForEach() ? new Holdings(all.descriptors, 0) : all;
  }

  /** A thread or two come and go with the virtual machine; a leak has one for each caller. */
  boolean isWithin(Holdings before) {
    return descriptors <= before.descriptors && threads <= before.threads + 3;
  }

  /** Where /proc shows it: waits until a server has closed every connection. */
  static void awaitOnlyTheListener(Child server) {
    if (Proc.HERE) awaitOnlyTheListener(new Proc(server.pid()));
  }

  static void awaitOnlyTheListener(Proc server) {
    Proc.soon().untilAsserted(() -> assertThat(server.sockets()).hasSize(1));
  }

  /** Waits until the process, which held this before, holds no more. */
  void awaitNoMoreIn(Proc process) {
    Proc.soon().untilAsserted(() -> assertThat(of(process)).matches(now -> now.isWithin(this)));
  }
}
