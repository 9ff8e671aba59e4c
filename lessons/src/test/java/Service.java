import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/**
 * What a lesson serves, as its callers see it: one conversation that is right, and those that are
 * too long. A lesson that serves HTTP is a {@link Site}, one with a region {@code service} a {@link
 * Dialogue}. Any other, say L04Chat, has a class {@code ChatService} beside its tests, with a
 * constructor that takes the {@link Lesson} and the {@link Child} that serves.
 *
 * <p>What the server owes all of them, and prints:
 *
 * <ul>
 *   <li>It answers a request once it is whole, and closes.
 *   <li>A request that ends too early gets no whole answer, and {@code lost: } with {@code closed}
 *       or {@code reset} is printed.
 *   <li>Each caller is named by its port.
 * </ul>
 */
interface Service {
  static Service of(Lesson lesson, Child server) throws Exception {
    if (lesson.servesHttp()) return Site.of(server, lesson.limit("MAX_HEAD_BYTES"));
    if (lesson.servesTheDialogue()) return new Dialogue(lesson, server);
    var name = lesson.title() + "Service";
    try {
      var constructor = Class.forName(name).getDeclaredConstructor(Lesson.class, Child.class);
      return (Service) constructor.newInstance(lesson, server);
    } catch (ClassNotFoundException missing) {
      throw new AssertionError(lesson + " serves, and there is no class " + name, missing);
    }
  }

  /** Where a server says that it listens. */
  static int port(Child server) throws InterruptedException {
    var listening = server.awaitOut("Listening on (?:http://)?localhost:([0-9]+)");
    return Integer.parseInt(listening.group(1));
  }

  int port();

  /** All that a caller says in a conversation that is right; then the server closes. */
  byte[] request();

  /** Fails unless this is the whole answer to the request, and nothing else. */
  void isTheReply(byte[] answer);

  /** Fails if this is a whole answer, for what was no whole request. */
  default void isNoReply(byte[] answer) {
    try {
      isTheReply(answer);
    } catch (AssertionError asItShouldBe) {
      return;
    }
    throw new AssertionError("no whole request, and answered: " + new String(answer, ISO_8859_1));
  }

  /** How many bytes of the request the server has read before it says a first one itself. */
  default int saidBeforeTheReply() {
    return request().length;
  }

  /** Whether a caller may leave who has said nothing: nothing is lost then. */
  default boolean maySayNothing() {
    return false;
  }

  /** The bound that the lesson sets to what one caller may say, in bytes. */
  int limit();

  /** A request that is answered like any other, and reaches the bound. */
  byte[] longest();

  /** The same with one byte more. */
  byte[] tooLong();

  default Wire call() throws IOException {
    return Wire.call(port());
  }

  /**
   * A caller who does all as it should be done is answered. Returns the caller's port, by which the
   * server's log names it.
   */
  default int serves() throws IOException {
    try (var caller = call().say(request())) {
      var answer = caller.hearAllAndReset();
      isTheReply(answer);
      assertThat(answer).isNotEmpty();
      return caller.port();
    }
  }
}
