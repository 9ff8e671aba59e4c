import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One way in which a lesson serves the dialogue, as its usage line names it: {@code [PORT [polling
 * | blocking]]} are two. A lesson whose line names none has one, called by its title.
 */
record Architecture(Lesson lesson, String name) {

  /** What holds a conversation, and so what an idle caller costs. */
  enum How {
    ONE_AT_A_TIME,
    ONE_THREAD,
    A_FEW_THREADS,
    A_THREAD_EACH,
    A_VIRTUAL_THREAD_EACH,
    A_FEW_PROCESSES,
    A_PROCESS_EACH
  }

  static Stream<Architecture> all() {
    return Lesson.all().filter(Lesson::servesTheDialogue).flatMap(Architecture::of);
  }

  /** In the plain tier the conversations that cost a process each are held with one of them. */
  static Stream<Architecture> inThisTier() {
    return all()
        .filter(each -> Tier.ALL || each.how() != How.A_PROCESS_EACH || each.isTheFirstOfItsKind());
  }

  private static Stream<Architecture> of(Lesson lesson) {
    var usage = Pattern.compile("usage: [.]/jbang [0-9]{2} \\[PORT(?: \\[([a-z |]+)])?");
    var found = usage.matcher(lesson.text());
    if (!found.find()) throw new AssertionError(lesson + " serves on no port");
    var names = found.group(1) == null ? lesson.title().toLowerCase() : found.group(1);
    return Stream.of(names.split(" [|] ")).map(name -> new Architecture(lesson, name));
  }

  How how() {
    return switch (name) {
      case "blocking", "sequential" -> How.ONE_AT_A_TIME;
      case "polling", "selector", "poll", "epoll" -> How.ONE_THREAD;
      case "pooled" -> How.A_FEW_THREADS;
      case "unlimited", "capped", "platform" -> How.A_THREAD_EACH;
      case "virtual", "threading" -> How.A_VIRTUAL_THREAD_EACH;
      case "prefork" -> How.A_FEW_PROCESSES;
      case "relay", "inetd", "forking" -> How.A_PROCESS_EACH;
      default -> throw new AssertionError("how does " + name + " serve?");
    };
  }

  /** How many callers it holds, of those that a test may want to call. */
  int atOnce() {
    return switch (how()) {
      case ONE_AT_A_TIME -> 1;
      case A_FEW_THREADS -> 4;
      case A_PROCESS_EACH -> 4; // more, but each costs what a virtual machine costs
      case A_FEW_PROCESSES -> 20;
      default -> Tier.ALL && !name.equals("capped") ? 500 : 100;
    };
  }

  boolean isTheFirstOfItsKind() {
    return all().filter(other -> other.how() == how()).findFirst().equals(Optional.of(this));
  }

  /** With what java is asked for besides, say less memory. */
  Child serve(Children children, String... options) throws IOException {
    return children.serve(lesson, isTheOnlyOne() ? List.of() : List.of(name), options);
  }

  private boolean isTheOnlyOne() {
    return name.equals(lesson.title().toLowerCase());
  }

  @Override
  public String toString() {
    return lesson + (isTheOnlyOne() ? "" : " " + name);
  }
}
